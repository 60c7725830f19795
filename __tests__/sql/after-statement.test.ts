import { describe, expect, it } from '@jest/globals'
import { afterStatement } from '../../src/sql/after-statement.js'

const added = (text: string, end: number) => {
  const { span, text: by } = afterStatement(text, { start: 0, end }, 'select 2')
  return text.slice(0, span.start) + by + text.slice(span.end)
}

describe('a statement added behind another', () => {
  it.each([
    ['select 1;', 'select 1;\nselect 2;'],
    ['select 1', 'select 1;\nselect 2'],
    ['select 1 -- one; two\n ;\nselect 3;', 'select 1 -- one; two\n ;\nselect 2;\nselect 3;'],
    ['select 1 /* ; */', 'select 1;\nselect 2 /* ; */'],
  ])('of %j gives %j', (text, expected) => {
    expect(added(text, 'select 1'.length)).toBe(expected)
  })
})

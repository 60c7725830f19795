import { describe, expect, it } from '@jest/globals'
import { removeStatement } from '../../src/sql/remove-statement.js'

describe('taking a statement out', () => {
  it.each([
    ['a;\n⟦b⟧;\nc;', 'a;\nc;'],
    ['a;\r\n  ⟦b⟧ ;\t\r\nc;', 'a;\r\nc;'],
    ['a; ⟦b⟧; c;', 'a;  c;'],
    ['a;\n⟦b⟧; -- why\nc;', 'a;\n -- why\nc;'],
    ['⟦b⟧', ''],
    ['a;\n⟦b⟧', 'a;\n'],
    ['a;\n⟦b\nb⟧ /* x */ ;\nc', 'a;\nc'],
  ])('of %j gives %j', (marked, expected) => {
    const start = marked.indexOf('⟦')
    const end = marked.indexOf('⟧') - 1
    const text = marked.replaceAll(/[⟦⟧]/g, '')
    const edit = removeStatement(text, { start, end })
    expect(edit.text).toBe('')
    expect(text.slice(0, edit.span.start) + text.slice(edit.span.end)).toBe(expected)
  })
})

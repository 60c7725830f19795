import { describe, expect, it } from '@jest/globals'
import { inCaseOf, keywordIn } from '../../src/sql/keyword-in.js'

describe('a keyword in a statement', () => {
  it.each([
    ['create INDEX i on t (a)', 'index', 'INDEX'],
    ['reindex (verbose, table) table "table"', 'table', 'table'],
    ['drop /* index */ "index"', 'index', undefined],
  ])('is found in %s', (text, keyword, expected) => {
    const span = keywordIn(text, { start: 0, end: text.length }, keyword)
    expect(span && text.slice(span.start, span.end)).toBe(expected)
  })

  it('is the one outside of parentheses', () => {
    const text = 'reindex (table) table t'
    expect(keywordIn(text, { start: 0, end: text.length }, 'table')).toEqual({ start: 16, end: 21 })
  })

  it('is written in the case of its neighbour', () => {
    expect(inCaseOf('Index', 'concurrently')).toBe('CONCURRENTLY')
    expect(inCaseOf('index', 'CONCURRENTLY')).toBe('concurrently')
  })
})

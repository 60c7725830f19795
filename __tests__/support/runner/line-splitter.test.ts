import { describe, expect, it } from '@jest/globals'
import { makeLineSplitter } from './line-splitter.js'

function linesOf(...chunks: readonly string[]): string[] {
  const lines: string[] = []
  const splitter = makeLineSplitter((line) => lines.push(line))
  for (const chunk of chunks) splitter.push(chunk)
  splitter.flush()
  return lines
}

describe('the line splitter', () => {
  it('ends lines at LF, CR and CRLF, wherever the chunks are cut', () => {
    expect(linesOf('a\nb\rc\r\nd')).toEqual(['a', 'b', 'c', 'd'])
    expect(linesOf('a\r', '\nb')).toEqual(['a', 'b'])
    expect(linesOf('a\r', 'b\r')).toEqual(['a', 'b'])
    expect(linesOf('a', 'b\n', '\n')).toEqual(['ab', ''])
  })
})

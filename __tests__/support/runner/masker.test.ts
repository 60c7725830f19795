import { describe, expect, it } from '@jest/globals'
import { makeMasker } from './masker.js'

function masked(secret: string, text: string): string {
  const masker = makeMasker()
  masker.add(secret)
  return masker.mask(text)
}

describe('the emulated masks', () => {
  it.each([
    ['as it is', 'p@ss"w&rd'],
    ['as base64', Buffer.from('p@ss"w&rd').toString('base64')],
    ['as base64 from the second byte', Buffer.from('@ss"w&rd').toString('base64')],
    ['as base64 from the third byte', Buffer.from('ss"w&rd').toString('base64')],
    ['in JSON', 'p@ss\\"w&rd'],
    ['in a URL', 'p%40ss%22w%26rd'],
    ['in XML', 'p@ss&quot;w&amp;rd'],
  ])('hide a secret %s', (_, spelling) => {
    expect(masked('p@ss"w&rd', `<${spelling}>`)).toBe('<***>')
  })

  it('hide each line of a secret of several lines', () => {
    expect(masked('first line\r\n  second line\n', 'x second line first line')).toBe('x *** ***')
  })

  it('hide overlapping secrets as one', () => {
    const masker = makeMasker()
    masker.add('abcd')
    masker.add('cdef')
    expect(masker.mask('xabcdefx')).toBe('x***x')
  })

  it('leave a decoded password readable: only the value itself is known', () => {
    expect(masked('p%40ss', 'p@ss')).toBe('p@ss')
  })

  it('hide a quoted secret without its quotes', () => {
    expect(masked('"quoted"', 'a quoted b')).toBe('a *** b')
  })
})

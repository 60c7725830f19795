import { describe, expect, it } from '@jest/globals'
import { parseKeyValues } from './file-commands.js'

describe('the emulated command files', () => {
  it.each([
    ['a=1\n', { a: '1' }],
    ['a=1', { a: '1' }],
    ['a=1\n\nb=x=y\n', { a: '1', b: 'x=y' }],
    ['a=1\na=2\n', { a: '2' }],
    ['a<<E\nE\n', { a: '' }],
    ['a<<E\none\ntwo\nE\nb=2\n', { a: 'one\ntwo', b: '2' }],
    ['a<<E\none\nE', { a: 'one' }],
    ['a<<E\n E\nE \nE\n', { a: ' E\nE ' }],
    ['a=x<<E\n', { a: 'x<<E' }],
  ])('read %j', (text, expected) => {
    expect(Object.fromEntries(parseKeyValues(text))).toEqual(expected)
  })

  it.each([
    ['neither\n', 'Invalid format'],
    ['=1\n', 'Name must not be empty'],
    ['<<E\nE\n', 'Name must not be empty'],
    ['a<<\n', 'delimiter must not be empty'],
    ['a<<E\none\n', 'Matching delimiter not found'],
    ['a<<E\none', 'EOF marker missing new line'],
  ])('refuse %j', (text, message) => {
    expect(() => parseKeyValues(text)).toThrow(message)
  })
})

import { expect, it } from '@jest/globals'
import { parseName } from '../../../src/rehearsal/escapes/parse-name.js'

it.each([
  ['ids', ['ids']],
  ['Public.IDS', ['public', 'ids']],
  [' public . "My ""Ids" ', ['public', 'My "Ids']],
  ['"a.b".c', ['a.b', 'c']],
  ['', undefined],
  ['a..b', undefined],
  ['a b', undefined],
  ['"a', undefined],
])('a name is read as regclass reads it: %j', (text, name) => {
  expect(parseName(text)).toEqual(name)
})

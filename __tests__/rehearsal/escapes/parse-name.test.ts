import { expect, it } from '@jest/globals'
import { parseName } from '../../../src/rehearsal/escapes/parse-name.js'

it.each([
  ['ids', ['ids']],
  ['Public.IDS', ['public', 'ids']],
  [' public . "My ""Ids" ', ['public', 'My "Ids']],
  ['"a.b".c', ['a.b', 'c']],
  ['a\u00a0.ÉA\u3000 ', ['a\u00a0', 'Éa\u3000']],
  ['', undefined],
  ['a..b', undefined],
  ['a b', undefined],
  ['"a', undefined],
])('a name is read as regclass reads it: %j', (text, name) => {
  expect(parseName(text)).toEqual(name)
})

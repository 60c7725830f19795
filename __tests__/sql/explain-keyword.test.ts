import { describe, expect, it } from '@jest/globals'
import { explainKeyword, NEW_KEYWORDS } from '../../src/sql/explain-keyword.js'
import { openParser } from '../../src/sql/open-parser.js'
import { aDatabase } from '../support/postgres/a-database.js'

const parser = await openParser()

const helpFor = (text: string) => {
  const parsed = parser.parse(text)
  if (parsed.kind !== 'syntax-error') throw new Error(`${parsed.kind}: ${text}`)
  return explainKeyword(text, parsed.offset)
}
const sources = {
  column: 'create table t (id int, system_user text)',
  'column of a table': 'select system_user.id from t',
  routine: "create function JSON_Value(a text) returns text language sql as 'select a'",
  'routine with its arguments': 'alter function json_table(int) rename to f',
  call: 'select 1; select f(json_exists(1)) from t where false',
  type: 'create table t (id merge_action)',
}

describe('a word that is a keyword for the parser and for no older server', () => {
  it.each(Object.entries(sources))('is named where it is the name of a %s', (_, text) => {
    expect(helpFor(text)).toMatch(
      /^(\w+) is a keyword since PostgreSQL 1[67]\. Where it is meant as a name, write it in double quotes, which every version takes: "\1"\.$/,
    )
  })

  it('is not blamed for what has nothing to do with it', () => {
    for (const text of [
      'create table t (a json jsonb)',
      'select json_value(a, $$$$); selec',
      'select "system_user" selec x',
      "select 'system_user' x y",
      'selec',
      '',
    ])
      expect([text, explainKeyword(text, Math.max(0, text.search(/jsonb|selec|y$/)))]).toEqual([
        text,
        undefined,
      ])
  })

  it('is one of those that PostgreSQL 15 takes for any name, and 18 does not', async () => {
    const taken = async (major: 15 | 18) => {
      await using database = await aDatabase({ major })
      const words = await database.query<{ word: string }>(
        "select word from pg_get_keywords() where catcode <> 'U'",
      )
      return new Set(words.map(({ word }) => word))
    }
    const [older, newer] = [await taken(15), await taken(18)]
    expect([...NEW_KEYWORDS.keys()].sort()).toEqual([...newer].filter((word) => !older.has(word)).sort())
  })
})

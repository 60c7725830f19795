import { describe, expect, it } from '@jest/globals'
import { openParser } from '../../src/sql/open-parser.js'
import { explainSyntaxError, findPsqlCommand } from '../../src/sql/psql-command.js'

const parser = await openParser()

function helpFor(text: string): string | undefined {
  const parsed = parser.parse(text)
  if (parsed.kind !== 'syntax-error') throw new Error(`${parsed.kind}: ${text}`)
  return explainSyntaxError(text, parsed.offset)
}

describe('psql', () => {
  it.each([
    ['select 1;\n\\set ON_ERROR_STOP on', '\\set', 10],
    ['\\connect db', '\\connect', 0],
    ['\\! rm -rf x', '\\!', 0],
    ['\\', '\\', 0],
    ["create user u password :'app_password'", ":'app_password'", 23],
    ['create user u password :app_password', ':app_password', 23],
    ['select * from :"table_name"', ':"table_name"', 14],
    ['select 1 as "a\\b"; \\i x.sql', '\\i', 19],
  ])('is found in %j', (text, word, start) => {
    expect(findPsqlCommand(text)).toMatchObject({ word, span: { start, end: start + word.length } })
  })

  it.each([
    "select 'a\\b', E'\\set', $$ :x \\set $$ -- \\set :x\n/* \\set :'x' */",
    'select a::text, b :: int, c[1:2], d[lower_bound:upper_bound]',
    'select $1:2',
    'x := 1',
    'copy t from stdin_table',
    "copy t from '/file'",
    'copy t to stdout',
    "insert into log values ('copy t from stdin')",
  ])('is not found in %j', (text) => {
    expect(findPsqlCommand(text)).toBeUndefined()
  })

  it.each([
    'copy t (a, b) from stdin;\n1\t2\n\\.\n',
    'COPY public.t FROM STDIN WITH (FORMAT csv)',
    '-- x\ncopy "T" from stdin',
  ])('carries the rows of %j', (text) => {
    expect(findPsqlCommand(text)).toMatchObject({ kind: 'copy-data', word: 'COPY' })
  })

  it('is not mistaken for a language whose body speaks of it', () => {
    expect(findPsqlCommand("select 'x'; comment on table t is 'copy t from stdin';")).toBeUndefined()
  })

  it.each([
    ['\\restrict abc\nselect 1', /pg_dump writes/],
    ["select 1;\ncreate user u password :'p'", /variable of psql.*password/],
    ['copy t from stdin;\n1\tx\n\\.\nselect 1', /INSERT/],
    ['\\set x 1', /command of psql/],
  ])('explains the syntax error in %j', (text, help) => {
    expect(helpFor(text)).toMatch(help)
  })

  it('explains no error that comes before it, and no other', () => {
    expect(helpFor('selec 1;\n\\set x 1')).toBeUndefined()
    expect(helpFor('selec 1')).toBeUndefined()
  })
})

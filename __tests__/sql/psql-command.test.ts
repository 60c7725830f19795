import { describe, expect, it } from '@jest/globals'
import { openParser } from '../../src/sql/open-parser.js'
import {
  commandName,
  explainCommand,
  explainSyntaxError,
  isHarmlessCommand,
} from '../../src/sql/psql-command.js'

const parser = await openParser()

function helpFor(text: string): string | undefined {
  const parsed = parser.parse(text)
  if (parsed.kind !== 'syntax-error') throw new Error(`${parsed.kind}: ${text}`)
  return explainSyntaxError(text, parsed.offset)
}

describe('a command of psql', () => {
  it.each([
    ['\\set ON_ERROR_STOP on', '\\set'],
    ['\\!rm', '\\!'],
    ['\\', '\\'],
    ['\\.', '\\.'],
  ])('is called by its first word: %j', (text, name) => {
    expect(commandName(text, { start: 0 })).toBe(name)
  })

  it.each([
    ['\\restrict abc', true],
    ['\\unrestrict abc \r', true],
    ['\\restrict', false],
    ['\\restrict a b', false],
    ['\\restricted a', false],
    ['\\i restrict', false],
  ])('is harmless or not: %j', (text, harmless) => {
    expect(isHarmlessCommand(text, { start: 0, end: text.length })).toBe(harmless)
  })

  it('has a way out, whatever it is', () => {
    expect(explainCommand('\\i')).toMatch(/Put the SQL of that file here/)
    expect(explainCommand('\\timing')).toMatch(/Remove it/)
  })
})

describe('a variable of psql', () => {
  it.each([
    "create user u password :'app_password'",
    'create user u password :app_password',
    'select * from :"table_name"',
  ])('explains the syntax error in %j', (text) => {
    expect(helpFor(text)).toMatch(
      /variable of psql.*devflow:substitute=(APP_PASSWORD|TABLE_NAME:identifier)`/,
    )
  })

  it.each([
    "selec 'a', $$ :x $$ -- :x",
    'selec a::text, c[1:2], d[lower_bound:upper_bound]',
    "selec 1; select :'x'",
  ])('explains no other error, and none that comes before it: %j', (text) => {
    expect(helpFor(text)).toBeUndefined()
  })
})

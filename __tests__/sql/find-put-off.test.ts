import { describe, expect, it } from '@jest/globals'
import { findPutOff } from '../../src/sql/find-put-off.js'
import { aMigration } from '../support/builders.js'

/** Which line is shown, of a file with a statement a line. */
function shown(
  lines: readonly string[],
  { message = 'no', code = '23503', table = 'child', schema = 'public', constraint = 'child_fkey' } = {},
): string | undefined {
  const text = lines.join(';\n')
  const statements = lines.map((line) => ({
    span: { start: text.indexOf(line), end: text.indexOf(line) + line.length },
  }))
  const found = findPutOff(
    { code, message, fatal: false, ...(table ? { table: { schema, name: table }, constraint } : {}) },
    { file: aMigration({ text }), text, statements, mode: 'transaction' },
    { firstStatement: 0, statementCount: lines.length },
  )
  const { statement, isOnly } = found ?? {}
  return statement && `${isOnly ? 'only' : 'last'}: ${text.slice(statement.span.start, statement.span.end)}`
}

describe('what was put off, and refused behind all statements', () => {
  const german = 'Aktualisieren oder Löschen in Tabelle »parent« verletzt »child_fkey« von Tabelle »child«'

  it.each([
    [['insert into child select 1', 'insert into parent select 2'], {}, 'only: insert into child select 1'],
    [
      ['insert into child select 1', 'update child set a = 1', 'select 1'],
      {},
      'last: update child set a = 1',
    ],
    [['insert into app.child select 1', 'update child set a = 1'], {}, 'only: update child set a = 1'],
    [['delete from parent', 'insert into child select 1'], { message: german }, 'only: delete from parent'],
    // The constraint may have the name of a table.
    [
      ['insert into child select 1', 'delete from child_fkey'],
      { message: 'table "child" violates "child_fkey"' },
      'only: insert into child select 1',
    ],
    // By a view, or a partition.
    [['create view v as select 1', 'insert into v values (1)'], {}, 'only: insert into v values (1)'],
    [['insert into v values (1)', 'select f()'], {}, undefined],
    [['create table u ()', 'select f()'], { code: 'P0001', table: '' }, 'only: select f()'],
    [
      ['select f()', 'select pg_advisory_unlock(1)'],
      { code: 'DF002', table: '' },
      'only: select pg_advisory_unlock(1)',
    ],
    [['select f()', 'select g()'], { code: 'DF002', table: '' }, undefined],
  ])('is of %j with %j', (lines, error, expected) => {
    expect(shown(lines, error)).toBe(expected)
  })
})

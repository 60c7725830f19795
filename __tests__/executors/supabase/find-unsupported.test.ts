import { describe, expect, it } from '@jest/globals'
import { findUnsupported } from '../../../src/executors/supabase/find-unsupported.js'
import { prepareMigration } from '../../../src/plan/prepare-migration.js'
import { openParser } from '../../../src/sql/open-parser.js'
import { aMigration } from '../../support/builders.js'

const OTHERS = '20200101000000_first.sql'

async function found(
  text: string,
  version: string,
  { name = '20260101000000_a.sql', upEnd = text.length } = {},
) {
  const file = aMigration({ name, path: `supabase/migrations/${name}`, text, up: { start: 0, end: upEnd } })
  const { runnable } = prepareMigration(await openParser(), file)
  return findUnsupported([runnable], version, OTHERS).map(({ rule, message, position }) => ({
    rule,
    message,
    line: position?.line,
  }))
}

describe('what a Supabase CLI of a version can not apply', () => {
  it.each([
    ['2.109.0', 'create table t (n int);\ncreate index concurrently i on t (n);', 2],
    ['2.109.0', 'select 1;\nvacuum;', 2],
    ['2.114.0', 'drop index concurrently i;', 1],
    ['2.114.0', 'create database d;', 1],
    ['3.1.0', 'create table t (n int);\nlock table t in share mode;', 2],
    ['3.1.0', 'declare c cursor for select 1;', 1],
    ['2.109.0', '-- why\nlock table t;', 2],
  ])('by %s is found at its place: %j', async (version, text, line) => {
    expect(await found(text, version)).toMatchObject([{ rule: 'supabase-cli-statement', line }])
  })

  it.each([
    ['2.109.0', 'create index concurrently i on t (n);'],
    [
      '2.114.0',
      'create table t (n int);\ncreate unique index concurrently i on t (n); reindex index concurrently i; vacuum t;',
    ],
    ['2.114.0', 'lock table t in share mode;'],
    ['3.1.0', 'drop index concurrently i;'],
    ['3.1.0', '-- one\nBEGIN;\nlock table t in share mode;\nCOMMIT;'],
    ['3.1.0', 'declare c cursor with hold for select 1;'],
    ['3.1.0', 'create table lock (declare int);'],
  ])('by %s is not: %j', async (version, text) => {
    expect(await found(text, version)).toEqual([])
  })

  it('is a name that it passes over', async () => {
    expect(await found('select 1;', '3.1.0', { name: '2026-01-20_a.sql' })).toMatchObject([
      { rule: 'supabase-cli-name' },
    ])
    const [old] = findUnsupported(
      [prepareMigration(await openParser(), aMigration({ name: '20200101000000_init.sql' })).runnable],
      '3.1.0',
      '20200101000000_init.sql',
    )
    expect(old?.message).toContain('passes over 20200101000000_init.sql')
  })

  it('is what this tool would have made of the text before it is sent', async () => {
    const copy = 'copy t from stdin;\n1\n\\.\n'
    expect(await found(copy, '3.1.0')).toMatchObject([{ rule: 'supabase-cli-form' }])
    const down = 'create table t ();\n-- migrate:down\ndrop table t;\n'
    expect(await found(down, '3.1.0', { upEnd: down.indexOf('-- migrate') })).toMatchObject([
      { rule: 'supabase-cli-form', message: 'The Supabase CLI would run the down section too.' },
    ])
  })
})

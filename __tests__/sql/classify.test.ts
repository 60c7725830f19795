import { describe, expect, it } from '@jest/globals'
import { needsNoTransaction } from '../../src/sql/classify.js'
import { openParser } from '../../src/sql/open-parser.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'

const parser = await openParser()

function reasonFor(text: string): string | undefined {
  const parsed = parser.parse(text)
  const [statement] = parsed.kind === 'statements' ? parsed.statements : []
  if (!statement) throw new Error(`${parsed.kind}: ${text}`)
  return needsNoTransaction(statement)
}

const OUTSIDE: readonly (readonly [text: string, reason: string])[] = [
  ['create index concurrently i on t (a)', 'CREATE INDEX CONCURRENTLY'],
  ['create unique index concurrently if not exists i on t (a)', 'CREATE INDEX CONCURRENTLY'],
  ['drop index concurrently if exists i', 'DROP INDEX CONCURRENTLY'],
  ['reindex index concurrently i', 'REINDEX CONCURRENTLY'],
  ['reindex (concurrently) table t', 'REINDEX CONCURRENTLY'],
  ['reindex (concurrently true, verbose) table t', 'REINDEX CONCURRENTLY'],
  ['reindex (concurrently on) table t', 'REINDEX CONCURRENTLY'],
  ['reindex database d', 'REINDEX DATABASE'],
  ['reindex schema public', 'REINDEX SCHEMA'],
  ['reindex system d', 'REINDEX SYSTEM'],
  ['vacuum', 'VACUUM'],
  ['vacuum (analyze) t', 'VACUUM'],
  ['cluster', 'CLUSTER without a table'],
  ["alter system set work_mem = '1MB'", 'ALTER SYSTEM'],
  ['create database d', 'CREATE DATABASE'],
  ['drop database if exists d', 'DROP DATABASE'],
  ['alter database d set tablespace s', 'ALTER DATABASE SET TABLESPACE'],
  ["create tablespace s location '/s'", 'CREATE TABLESPACE'],
  ['drop tablespace s', 'DROP TABLESPACE'],
  ['alter table p detach partition c concurrently', 'ALTER TABLE DETACH PARTITION CONCURRENTLY'],
  ['discard all', 'DISCARD ALL'],
  ["create subscription s connection '' publication p", 'CREATE SUBSCRIPTION with a replication slot'],
  [
    "create subscription s connection '' publication p with (connect = false, create_slot)",
    'CREATE SUBSCRIPTION with a replication slot',
  ],
  ['alter subscription s refresh publication', 'ALTER SUBSCRIPTION REFRESH PUBLICATION'],
  ['alter subscription s set publication p', 'ALTER SUBSCRIPTION SET PUBLICATION with refresh'],
  [
    'alter subscription s add publication p with (refresh)',
    'ALTER SUBSCRIPTION ADD PUBLICATION with refresh',
  ],
  ['alter subscription s drop publication p', 'ALTER SUBSCRIPTION DROP PUBLICATION with refresh'],
  ['alter subscription s set (failover = true)', 'ALTER SUBSCRIPTION SET (failover)'],
  ['alter subscription s set (two_phase = false)', 'ALTER SUBSCRIPTION SET (two_phase)'],
  ["commit prepared 'x'", 'COMMIT PREPARED'],
  ["rollback prepared 'x'", 'ROLLBACK PREPARED'],
]

const INSIDE = [
  'create index i on t (a)',
  'drop index i',
  'drop table t',
  'reindex table t',
  'reindex (concurrently false) table t',
  'reindex (concurrently off) index i',
  'analyze t',
  'cluster t using i',
  'refresh materialized view concurrently m',
  'alter database d set work_mem = 1',
  'alter database d connection limit 1',
  'alter table p detach partition c',
  'alter table p detach partition c finalize',
  "alter type e add value 'x'",
  'discard temp',
  'discard plans',
  "create subscription s connection '' publication p with (connect = false)",
  "create subscription s connection '' publication p with (create_slot = off)",
  'drop subscription s',
  'alter subscription s disable',
  'alter subscription s set publication p with (refresh = false)',
  'alter subscription s set (slot_name = none)',
  'alter subscription s set (two_phase = true)',
  'begin',
  'commit',
  'select 1',
  'do $$ begin commit; end $$',
  'call p()',
  'checkpoint',
]

describe('what can not run in a transaction', () => {
  it.each(OUTSIDE)('is %s', (text, reason) => {
    expect(reasonFor(text)).toBe(reason)
  })

  it.each(INSIDE)('is not %s', (text) => {
    expect(reasonFor(text)).toBeUndefined()
  })
})

/** What the statements are about, in the transaction that each is tried in. None of them is ever committed. */
const THERE = `create table t (a int not null); create unique index i on t (a);
  create materialized view m as select a from t; create unique index on m (a); refresh materialized view m;
  create table p (a int) partition by list (a); create table c partition of p for values in (1);
  create type e as enum ('a'); create procedure p() language sql as 'select 1';
  create subscription s connection 'host=127.0.0.1 port=1' publication p, q with (connect = false, slot_name = 'kept')`

/** The server asks for this first. */
const BEFORE: Readonly<Record<string, string>> = {
  'alter subscription s refresh publication': 'alter subscription s enable',
  'alter subscription s set publication p': 'alter subscription s enable',
  'alter subscription s add publication p with (refresh)':
    'alter subscription s set publication q with (refresh = false); alter subscription s enable',
  'alter subscription s drop publication p': 'alter subscription s enable',
  'drop subscription s': 'alter subscription s set (slot_name = none)',
  'create index i on t (a)': 'drop index i',
}

/** What is no statement to a server before this version. */
const KNOWN_FROM: Readonly<Record<string, number>> = {
  'alter subscription s set (failover = true)': 17,
  'alter subscription s set (two_phase = false)': 18,
  // The two options contradict one another.
  "create subscription s connection '' publication p with (connect = false, create_slot)": Infinity,
}

eachMajor('the server', (major) => {
  const codeOf = async (query: (sql: string) => Promise<unknown>, text: string): Promise<string> => {
    await query('begin')
    try {
      // Nothing is to be there to be committed.
      if (text !== 'commit') await query(THERE)
      if (BEFORE[text]) await query(BEFORE[text])
      return await query(text).then(
        () => 'done',
        (error: { code: string }) => error.code,
      )
    } finally {
      await query('rollback')
    }
  }

  it('refuses in a transaction what is classified so, and nothing else', async () => {
    await using database = await aDatabase({ major })
    const query = (sql: string) => database.query(sql)
    const wrong: string[] = []
    for (const [text] of OUTSIDE) {
      const code = await codeOf(query, text)
      if (code !== (major < (KNOWN_FROM[text] ?? 0) ? '42601' : '25001')) wrong.push(`${code}: ${text}`)
    }
    for (const text of INSIDE)
      if ((await codeOf(query, text)) === '25001') wrong.push(`does not run in a transaction: ${text}`)
    expect(wrong).toEqual([])
  }, 60_000)
})

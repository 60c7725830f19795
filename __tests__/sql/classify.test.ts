import { describe, expect, it } from '@jest/globals'
import { needsNoTransaction } from '../../src/sql/classify.js'
import { openParser } from '../../src/sql/open-parser.js'

const parser = await openParser()

function reasonFor(text: string): string | undefined {
  const parsed = parser.parse(text)
  const [statement] = parsed.kind === 'statements' ? parsed.statements : []
  if (!statement) throw new Error(`${parsed.kind}: ${text}`)
  return needsNoTransaction(statement)
}

describe('what can not run in a transaction', () => {
  it.each([
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
  ])('is %s', (text, reason) => {
    expect(reasonFor(text)).toBe(reason)
  })

  it.each([
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
  ])('is not %s', (text) => {
    expect(reasonFor(text)).toBeUndefined()
  })
})

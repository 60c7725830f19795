import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ForeignToolName } from '../../src/model/foreign-tool.js'
import { aMigrator } from '../programs/a-migrator.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { HISTORIES, slowCrc } from './histories.js'

/** Rows that a tool leaves when things are undone, tried again, or only marked: which of them count is read by SQL. */
let database: TestDatabase
beforeAll(async () => {
  database = await aDatabase({ major: 15 })
})
afterAll(async () => database[Symbol.asyncDispose]())

const sql = 'select 1;\n'

/** The files that would be recorded; and what would be refused. */
async function recordedFrom(
  tool: ForeignToolName,
  names: readonly string[],
  rows: string,
): Promise<string[]> {
  const history = HISTORIES.find((each) => each.tool === tool)
  await database.query(`drop schema public cascade; create schema public; ${history?.ddl} ${rows}`)
  await using migrator = await aMigrator(database.url, Object.fromEntries(names.map((name) => [name, sql])))
  const report = await migrator.run('adopt', { given: { 'dry-run': 'true' } })
  const refused = report.problems.map(({ message }) => message)
  return [...refused, ...(report.operation?.steps.map(({ name = '', state }) => `${name} ${state}`) ?? [])]
}

describe('of a table of Flyway', () => {
  const row = (rank: number, version: string, type: string, success = true) =>
    `insert into flyway_schema_history values (${rank}, ${version}, 'x', '${type}', 'V${rank}.sql', ${slowCrc(sql)}, 'me', now(), 1, ${success});`

  it('the newest row of a version counts, and none that was undone, deleted, or made the schema', async () => {
    const rows = [
      row(0, 'null', 'SCHEMA'),
      row(1, "'1'", 'SQL'),
      row(2, "'2'", 'SQL'),
      row(3, "'2'", 'UNDO_SQL'),
      row(4, "'3'", 'SQL'),
      row(5, "'3'", 'DELETE'),
      row(6, "'4'", 'SQL'),
      row(7, "'4'", 'UNDO_SQL'),
      row(8, "'4'", 'SQL'),
    ]
    const files = [1, 2, 3, 4].map((number) => `V${number}__a.sql`)
    expect(await recordedFrom('flyway', files, rows.join(''))).toEqual([
      'V1__a.sql planned',
      'V4__a.sql planned',
    ])
  })

  it('one that failed after it was applied does not count as applied', async () => {
    const rows = [row(1, "'1'", 'SQL'), row(2, "'1'", 'UNDO_SQL', false)]
    expect(await recordedFrom('flyway', ['V1__a.sql'], rows.join(''))).toEqual([
      'Flyway does not know V1__a.sql to be done: its row says that it did not succeed.',
      'V1__a.sql not-run',
    ])
  })
})

describe('of a table of Prisma', () => {
  const checksum = createHash('sha256').update(sql).digest('hex')
  const row = (name: string, finished: string, rolledBack: string, started: number) =>
    `insert into _prisma_migrations values (gen_random_uuid()::text, '${checksum}', ${finished}, '${name}', null, ${rolledBack}, timestamptz '2025-01-01' + interval '${started} s', 0);`
  const folders = ['1_a', '2_b', '3_c'].map((name) => `2026010100000${name}/migration.sql`)

  it('a try that was rolled back does not count, and one that ended does, whatever came before', async () => {
    const rows = [
      row('20260101000001_a', 'null', 'now()', 0),
      row('20260101000001_a', 'now()', 'null', 1),
      row('20260101000002_b', 'null', 'now()', 2),
    ]
    expect(await recordedFrom('prisma', folders, rows.join(''))).toEqual([
      '20260101000001_a/migration.sql planned',
    ])
  })

  it('a try that did not end, and was not rolled back, is not known to be done', async () => {
    const rows = row('20260101000003_c', 'null', 'null', 0)
    expect((await recordedFrom('prisma', folders, rows))[0]).toBe(
      'Prisma does not know 20260101000003_c/migration.sql to be done: it began, and its row does not say that it ended.',
    )
  })
})

describe('of a table of goose', () => {
  it('the newest row of a version counts', async () => {
    const row = (version: number, applied: boolean) =>
      `insert into goose_db_version (version_id, is_applied) values (${version}, ${applied});`
    const rows = [row(1, true), row(2, true), row(2, false), row(3, false), row(3, true)]
    const files = ['00001_a.sql', '00002_b.sql', '00003_c.sql']
    expect(await recordedFrom('goose', files, rows.join(''))).toEqual([
      '00001_a.sql planned',
      '00003_c.sql planned',
    ])
  })
})

describe('of a table of Liquibase', () => {
  it('the newest row of a changeset counts, and none that was skipped', async () => {
    const row = (path: string, order: number, type: string) =>
      `insert into databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype) values ('raw', 'includeAll', '${path}', now(), ${order}, '${type}');`
    const rows = [row('01_a.sql', 1, 'FAILED'), row('01_a.sql', 2, 'EXECUTED'), row('02_b.sql', 3, 'SKIPPED')]
    expect(await recordedFrom('liquibase', ['01_a.sql', '02_b.sql'], rows.join(''))).toEqual([
      '01_a.sql planned',
    ])
  })
})

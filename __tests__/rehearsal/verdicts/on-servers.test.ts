import { describe, expect, it } from '@jest/globals'
import type { Report } from '../../../src/model/report.js'
import { aMigrator, type Migrator } from '../../programs/a-migrator.js'
import { needs } from '../../support/needs.js'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'

const CONFIG = `database:
  environments:
    production:
      rehearse: target
      rehearsal: { large-table: 1MB }
    staging:
`

/** `books` has some 3 MB, `shelves` one row. */
const SCHEMA = `
  create table books (id int primary key, title varchar(100), n int, ts timestamp);
  insert into books select i, repeat('x', 90), i from generate_series(1, 20000) i;
  create table shelves (id int primary key, n int);
  insert into shelves values (1, 1);
  create view titles as select id, title from books;
  analyze;
`

interface Place extends AsyncDisposable {
  readonly database: TestDatabase
  readonly migrator: Migrator
}

async function aPlace(major: 15 | 18, files: Readonly<Record<string, string>>): Promise<Place> {
  const database = await aDatabase({ major })
  await database.query(SCHEMA)
  const migrator = await aMigrator(database.url, files)
  await migrator.project.write('devflow.yml', CONFIG)
  return {
    database,
    migrator,
    async [Symbol.asyncDispose]() {
      await migrator[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

const production = { given: { environment: 'production' } } as const
const told = ({ findings }: Report) =>
  findings
    .filter(({ measured }) => measured)
    .map(({ rule, severity, measured, message }) => `${severity} ${measured} ${rule}: ${message}`)

describe.each([15, 18] as const)('on PostgreSQL %i', (major) => {
  it('a rehearsal refutes, confirms with the size, and finds what only running shows', async () => {
    await using place = await aPlace(major, {
      '01_free.sql': 'alter table shelves add column code varchar(100); drop view titles;',
      '02_title.sql': 'alter table books alter column title type varchar(200);',
      '03_n.sql': 'alter table books alter column n type bigint;',
      '04_hidden.sql':
        "do $$ begin execute format('alter table %I add column z float default random()', 'books'); end $$;",
      '05_small.sql': 'alter table shelves alter column n type bigint;',
    })
    const report = await place.migrator.run('dry-run', production)
    const [title, n, small, hidden, ...rest] = told(report)
    expect(title).toMatch(
      /^notice refuted change-column-type: .* Measured on the target: no rewrite, no scan, \d+ ms\.$/,
    )
    expect(n).toMatch(
      /^error confirmed change-column-type: .* rewrites public\.books \(\d\.\d MB\) under ACCESS EXCLUSIVE, /,
    )
    expect(small).toMatch(/^warning confirmed change-column-type: .* rewrites public\.shelves \(\d+ kB\)/)
    expect(hidden).toMatch(
      /^error found measured-rewrite: .* rewrites public\.books \(\d\.\d MB\) under ACCESS/,
    )
    expect(rest).toEqual([])
  })

  it('what a rehearsal confirms of a large table is not applied, unless a comment says why it is', async () => {
    const sql = 'alter table books alter column n type bigint;'
    await using place = await aPlace(major, { '01_n.sql': sql })
    const confirmed = { ...production, variables: { CONFIRM_PRODUCTION_MIGRATION: 'true' } }
    const stopped = await place.migrator.run('migrate', confirmed)
    expect([stopped.exitCode, stopped.outcomes]).toEqual([1, []])
    await place.migrator.write('01_n.sql', `-- devflow-ignore change-column-type: at night\n${sql}`)
    const applied = await place.migrator.run('migrate', confirmed)
    expect([applied.exitCode, told(applied)]).toEqual([0, []])
    expect(applied.suppressed).toMatchObject([{ reason: 'at night' }])
  })

  it('what a rehearsal refutes stops nothing, though its rule is set to', async () => {
    await using place = await aPlace(major, {
      '01_title.sql': 'alter table shelves alter column n type int;',
      '02_types.sql': 'alter table books alter column ts type timestamptz;',
    })
    await place.migrator.project.write('devflow.yml', `${CONFIG}  rules: { change-column-type: block }\n`)
    await place.database.query(`alter database ${place.database.name} set timezone = 'UTC'`)
    const report = await place.migrator.run('migrate', { given: { environment: 'staging' } })
    expect(told(report).map((line) => line.split(':')[0])).toEqual([
      'notice refuted change-column-type',
      'notice refuted change-column-type',
    ])
    expect(report.exitCode).toBe(0)
  })

  it('what the server does not count is not taken for nothing, and that is said', async () => {
    await using place = await aPlace(major, { '01_n.sql': 'alter table books alter column n set not null;' })
    await place.database.query(`alter database ${place.database.name} set track_counts = off`)
    const report = await place.migrator.run('dry-run', production)
    expect(told(report)).toEqual([])
    expect(report.findings.map(({ rule, severity }) => `${severity} ${rule}`)).toContain(
      'warning set-not-null',
    )
    expect(report.rehearsedOn?.limits).toContainEqual(expect.stringContaining('track_counts is off'))
  })

  it('the victims of a CASCADE are named, and one that takes nothing along needs no force', async () => {
    await using place = await aPlace(major, {
      '01_books.sql': 'alter table books drop column title cascade;',
      '02_shelves.sql': 'alter table shelves drop constraint shelves_pkey cascade;',
    })
    const report = await place.migrator.run('dry-run', {
      given: { environment: 'staging' },
    })
    expect(told(report)).toEqual([
      expect.stringMatching(/^error confirmed drop-cascade: .* also drops view public\.titles, \d+ ms\.$/),
      expect.stringMatching(/^notice refuted drop-cascade: .* nothing else was dropped, \d+ ms\.$/),
    ])
  })

  it('locks that one file holds do not count as those of the next', async () => {
    await using place = await aPlace(major, {
      '01_a.sql': 'alter table books add column a int; update shelves set n = 2 where n > 0;',
      '02_b.sql': 'update books set n = 2 where id = 1; update shelves set n = 3 where n > 0;',
      '03_c.sql': 'create index on books (n);',
    })
    const report = await place.migrator.run('dry-run', production)
    expect(told(report)).toEqual([
      expect.stringMatching(
        /^warning confirmed statement-after-access-exclusive: .* while public\.books is locked against reads and writes/,
      ),
      expect.stringMatching(/^error confirmed create-index-not-concurrent: .* reads all of public\.books \(/),
    ])
  })
})

needs({ program: 'pg_dump', atLeast: 15 }).it(
  'on a shadow facts meet the sizes of the target, and what empty tables do not tell is said once',
  async () => {
    await using place = await aPlace(15, {
      '01_n.sql': 'drop view titles; alter table books alter column n type bigint;',
      '02_title.sql': 'alter table books alter column title type varchar(200);',
      '03_code.sql': 'alter table shelves add column code text not null;',
      '04_key.sql': 'create unique index on shelves (n);',
      '05_hidden.sql': "do $$ begin execute format('alter table %I set unlogged', 'shelves'); end $$;",
    })
    const report = await place.migrator.run('dry-run', {
      given: { environment: 'staging', rehearse: 'shadow', 'shadow-url': place.database.url },
    })
    expect(told(report)).toEqual([
      expect.stringMatching(
        /^warning confirmed change-column-type: .* Measured on a shadow: rewrites public\.books \(\d\.\d MB\) under ACCESS EXCLUSIVE\.$/,
      ),
      expect.stringMatching(
        /^notice refuted change-column-type: .* Measured on a shadow: no rewrite, no scan\.$/,
      ),
      expect.stringMatching(
        /^warning confirmed create-index-not-concurrent: .* reads all of public\.shelves \(\d+ kB\) under SHARE\.$/,
      ),
      expect.stringMatching(/^warning found measured-rewrite: .* rewrites public\.shelves/),
    ])
    const required = report.findings.find(({ rule }) => rule === 'add-column-required')
    expect(required).toMatchObject({ severity: 'warning' })
    expect(report.rehearsedOn?.limits.filter((limit) => limit.includes('have no rows'))).toEqual([
      'The tables of the shadow have no rows, so what depends on those of the target does not show: NULL in a column that becomes NOT NULL (23502), two rows alike under a new unique index (23505) and a value that a new type does not take (22P02, 22001, 22003).',
    ])
  },
)

import { execFile } from 'node:child_process'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { bin15, dumping } from '../backup/pg-programs.js'
import { openProxy } from '../faults/pg-proxy.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { until } from '../support/until.js'
import { type Asked, aMigrator, type Migrator, verdict } from './a-migrator.js'
import { aProgramFolder } from './a-program-folder.js'

let database: TestDatabase
let migrator: Migrator

beforeAll(async () => {
  database = await aDatabase({ major: 15 })
  migrator = await aMigrator(database.url, { '01_a.sql': 'create table a (id int primary key);' })
  // The tables of the history are there, and 02 is what is not applied.
  await migrator.run('migrate')
  await migrator.write('02_b.sql', 'create table b (id int primary key);')
  await database.query(
    'create table books (id int primary key, t text); insert into books select g, md5(g::text) from generate_series(1, 3000) g',
  )
})

afterAll(async () => {
  await migrator[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

/** Migrates with `backup: full`, by a stand-in for `pg_dump`. */
async function migrateBy(
  dump: string,
  says?: string,
  { given, variables, system }: Asked = {},
): Promise<Report> {
  await using programs = await aProgramFolder(bin15, dump, says)
  return await migrator.run('migrate', {
    given: { backup: 'full', ...given },
    ...(variables ? { variables } : {}),
    system: { machine: programs.machine, ...system },
  })
}

/** No migration was run, none is recorded, and of the backup nothing but its failure is left. */
async function expectNothing(report: Report, why: RegExp): Promise<void> {
  expect([verdict(report), report.problems[0]?.message]).toEqual([
    '1 refused: 02 not-run',
    expect.stringMatching(why),
  ])
  await expectOnlyFailure(why)
}

async function expectOnlyFailure(why: RegExp): Promise<void> {
  expect(await database.query("select to_regclass('b') as b")).toEqual([{ b: null }])
  expect(await database.query("select version from devflow.schema_migrations where version <> '01'")).toEqual(
    [],
  )
  const events = await database.query<{ told: string; message: string | null }>(
    "select action || ' ' || event || ' ' || status as told, error_message as message from devflow.migration_history where seq > (select max(seq) from devflow.migration_history where event = 'applied') and seq > $1 order by seq",
    [seen],
  )
  expect(events.map(({ told }) => told)).toEqual(['backup backed-up failed'])
  expect(events[0]?.message).toMatch(why)
  const [newest] = await database.query<{ seq: string }>(
    'select max(seq)::text as seq from devflow.migration_history',
  )
  seen = newest?.seq ?? ''
  const names = await readdir(join(migrator.project.path, 'backups/migrations')).catch(() => [])
  expect(names.filter((name) => name !== '.gitignore')).toEqual([])
}

/** The newest event that was looked at. */
let seen = '0'

describe('no migration runs where', () => {
  const gzip = { given: { 'backup-format': 'sql.gz' } } as const
  const failures: readonly (readonly [what: string, dump: string, why: RegExp, asked?: Asked])[] = [
    [
      'pg_dump fails',
      'echo "pg_dump: error: permission denied for table x" >&2; exit 1',
      /permission denied for table x/,
    ],
    ['pg_dump is killed in the middle', '"$real" "$@"; kill -KILL $$', /it ended with SIGKILL/],
    ['pg_dump ends well and wrote nothing', ': > "$file"', /not whole: .*too short/],
    ['the dump is cut short', '"$real" "$@"; truncate -s -400 "$file"', /not whole/],
    [
      'the dump is cut in half',
      '"$real" "$@"; truncate -s $(($(stat -c %s "$file") / 2)) "$file"',
      /not whole/,
    ],
    [
      'rows in the dump are damaged',
      '"$real" "$@"; printf XXXXXXXX | dd of="$file" bs=1 seek=$(($(stat -c %s "$file") - 5000)) conv=notrunc 2>/dev/null',
      /not whole/,
    ],
    [
      'the rows of a table are not in it',
      '"$real" "$@" --exclude-table-data=books',
      /has the rows of \d tables, and the database has \d/,
    ],
    [
      'the disk is full',
      'ulimit -f 8; exec "$real" "$@"',
      /pg_dump failed: (?:could not write|.*too large|it ended with SIGXFSZ)/i,
    ],
    ['the disk is full for SQL', '"$real" "$@" > /dev/full', /pg_dump failed/, gzip],
    [
      'another major wrote it than said so',
      '"$real" "$@" | sed "s/pg_dump version 15/pg_dump version 14/"',
      /pg_dump 14\.\d+ .*the server is 15/,
      gzip,
    ],
    ['the SQL is cut short', '"$real" "$@" | head -c 90000', /its end is missing/, gzip],
    ['psql would not be restricted by the SQL', '"$real" "$@" | sed /restrict/d', /CVE-2025-8714/, gzip],
    ['pg_dump fails with all of its SQL written', '"$real" "$@"; exit 3', /it ended with exit code 3/, gzip],
    [
      'a file of several is lost',
      '"$real" "$@"; rm "$(ls "$file"/*.dat.gz | head -n 1)"',
      /not whole/,
      { variables: { PARALLEL_JOBS: '2' } },
    ],
  ]
  for (const [what, dump, why, asked] of failures)
    dumping.it(what, async () => expectNothing(await migrateBy(dump, undefined, asked), why))

  it('there is no pg_dump of the server’s major', async () => {
    const report = await migrateBy('exit 1', 'pg_dump (PostgreSQL) 16.4')
    await expectNothing(report, /no pg_dump of major 15 with pg_restore and psql on this machine, only of 16/)
  })

  it('there is no pg_dump at all', async () => {
    const report = await migrateBy('exit 1', 'something else')
    await expectNothing(
      report,
      /there is no pg_dump of major 15 with pg_restore and psql on this machine(?!,)/,
    )
  })

  dumping.it(
    'the connection of pg_dump is cut, wherever it is',
    async () => {
      const cuts = await cutEverywhere(CUTS)
      expect(cuts).toBeGreaterThanOrEqual(CUTS)
    },
    120_000,
  )

  dumping.it('the run is asked to end while pg_dump is at work, which ends with it', async () => {
    const stop = new AbortController()
    const running = migrateBy('echo $$ > "$0.pid"; exec sleep 98765', undefined, {
      system: {
        signal: stop.signal,
        observe: (event) => {
          if (event.kind === 'note' && event.message.includes('pg_dump 15 writes')) stop.abort('SIGTERM')
        },
      },
    })
    const report = await running
    expect([report.exitCode, report.status]).toEqual([143, 'cancelled'])
    await until(async () => (await sleepers()).length === 0)
    await expectOnlyFailure(/the run was asked to end/)
  })
})

/** Places of a run of pg_dump at which it is cut off, evenly over all of its messages. */
const CUTS = 8

async function cutEverywhere(wanted: number): Promise<number> {
  const total = await countMessages()
  let cuts = 0
  for (let at = 0; at < wanted; at++) {
    const k = Math.floor((at * total) / wanted)
    await using proxy = await openProxy({
      url: database.url,
      fault: {
        side: 'backend',
        k,
        when: at % 2 === 0 ? 'before' : 'half',
        how: at % 3 === 0 ? 'fin' : 'rst',
      },
    })
    const report = await migrateBy(through(proxy.url))
    expect([k, proxy.fired()]).toEqual([k, true])
    await expectNothing(report, /pg_dump failed: /)
    cuts++
  }
  return cuts
}

async function countMessages(): Promise<number> {
  await using proxy = await openProxy({ url: database.url })
  await using programs = await aProgramFolder(bin15, through(proxy.url))
  const report = await migrator.run('backup', { system: { machine: programs.machine } })
  expect(verdict(report)).toBe('0 applied')
  await clear()
  return proxy.trace.filter(({ side }) => side === 'backend').length
}

async function clear(): Promise<void> {
  await rm(join(migrator.project.path, 'backups'), { recursive: true })
  const [newest] = await database.query<{ seq: string }>(
    'select max(seq)::text as seq from devflow.migration_history',
  )
  seen = newest?.seq ?? ''
}

function through(url: string): string {
  const { hostname, port } = new URL(url)
  return `PGHOST=${hostname} PGPORT=${port} exec "$real" "$@"`
}

async function sleepers(): Promise<string[]> {
  return new Promise((resolve) =>
    execFile('ps', ['-eo', 'args'], (_error, stdout) =>
      resolve(stdout.split('\n').filter((line) => line.trim() === 'sleep 98765')),
    ),
  )
}

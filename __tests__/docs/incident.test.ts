import { afterAll, describe, expect, it } from '@jest/globals'
import { parseArguments } from '../../src/config/parse-arguments.js'
import type { Report } from '../../src/model/report.js'
import { run } from '../../src/programs/run.js'
import { renderProgress } from '../../src/render/progress.js'
import { renderTerminal } from '../../src/render/terminal.js'
import { parseBlocks } from '../repository/markdown.js'
import { read } from '../repository/tree.js'
import { aProject, type Project } from '../support/a-project.js'
import { anOtherSession } from '../support/builders.js'
import { needs } from '../support/needs.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'

const page = read('docs/incident.md')
const asWritten = parseBlocks(page).flatMap(({ text }) => text.trim().split('\n'))
const done = new Set<string>()

/** A line of the page, typed in a project: exactly as it stands there. */
async function typed(line: string, incident: Incident): Promise<Told> {
  if (!asWritten.includes(line)) throw new Error(`docs/incident.md does not have: ${line}`)
  done.add(line)
  return carryOut(line, incident)
}

interface Told {
  readonly report: Report
  readonly text: string
}

async function carryOut(line: string, { project, database, variables = {} }: Incident): Promise<Told> {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
  const all = { DATABASE_URL: database.url, CI: 'true', ...variables }
  const wanted = parseArguments(words.slice(1), all, project.path)
  if (wanted.kind !== 'run') throw new Error(`${line} runs nothing`)
  const system = { observe: () => {}, now: () => new Date() }
  const report = await run({ ...wanted.inputs, ci: true }, system, async () => {})
  return { report, text: renderTerminal(report, { color: false }) }
}

interface Incident {
  readonly project: Project
  readonly database: TestDatabase
  readonly variables?: Readonly<Record<string, string>>
}

async function anIncident(
  files: Readonly<Record<string, string>>,
  body: (incident: Incident) => Promise<void>,
  major: 15 | 18 = 18,
): Promise<void> {
  await using database = await aDatabase({ major })
  const paths = Object.entries(files).map(([name, sql]) => [`migrations/${name}`, sql] as const)
  await using project = await aProject(Object.fromEntries(paths))
  await body({ project, database })
}

const MIGRATE = 'devflow db migrate --env staging'
const STATUS = 'devflow db status --env staging'
const HISTORY = 'devflow db history --env staging'
const VERIFY = 'devflow db verify --env staging'

const shop = {
  '01_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);\n-- migrate:down\nDROP TABLE users;',
  '02_orders.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);\n-- migrate:down\nDROP TABLE orders;',
}

describe('the incident page', () => {
  it('shows who did what before anything else', () =>
    anIncident({ ...shop, '03_wrong.sql': 'SELECT nope;' }, async (incident) => {
      await carryOut(`${MIGRATE} --rehearse off`, incident)
      const status = await typed(STATUS, incident)
      expect(status.text).toContain('03_wrong.sql failed when it was tried last')
      const history = await typed(HISTORY, incident)
      expect(history.text).toMatch(/03_wrong.sql[\s\S]*column "nope" does not exist/)
    }))

  it('quotes the log as it is', () => {
    const waiting = { kind: 'waiting-for-lock', holder: 'process 1', waitedMs: 0, limitMs: 1 } as const
    const blockedBy = [anOtherSession({ processId: 4711 })]
    const watching = {
      kind: 'watching',
      elapsedMs: 12_000,
      blockedBy,
      blocking: [],
      worthALine: true,
    } as const
    const said = [waiting, watching].map((event) => renderProgress(event, { color: false })).join('\n')
    const quoted = [...page.matchAll(/`((?:running|blocked|Another)[^`]*)`/g)].map(([, words = '']) => words)
    expect(quoted).toHaveLength(3)
    for (const words of quoted) expect(said.replace('12.0 s', '12 s')).toContain(words)
  })

  it('names who holds the lock of a run', () =>
    anIncident(shop, async (incident) => {
      await carryOut(STATUS, incident)
      const slow = {
        ...incident,
        project: await aProject({ 'migrations/01_slow.sql': 'SELECT pg_advisory_xact_lock(7);' }),
      }
      await incident.database.query('BEGIN')
      await incident.database.query('SELECT pg_advisory_xact_lock(7)')
      const hanging = carryOut(`${MIGRATE} --rehearse off`, slow)
      const waits = `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
      let rows = await incident.database.query<{ pid: number }>(waits)
      while (rows.length === 0) rows = await incident.database.query(waits)
      const { report, text } = await typed(`${MIGRATE} --lock-wait 0`, incident)
      expect(report.exitCode).toBe(1)
      expect(text).toContain(`Another run holds the lock of this target: process ${rows[0]?.pid}`)
      expect(text).toContain('pg_terminate_backend')
      await incident.database.query('COMMIT')
      expect((await hanging).report.status).toBe('applied')
      await slow.project[Symbol.asyncDispose]()
    }))

  it('lets a failed migration be mended and run again', () =>
    anIncident({ ...shop, '03_wrong.sql': 'CREATE TABLE kept ();\nSELECT nope;' }, async (incident) => {
      expect((await carryOut(`${MIGRATE} --rehearse off`, incident)).report.status).toBe('partial')
      expect((await typed(STATUS, incident)).report.plan?.migrations).toHaveLength(1)
      expect(await incident.database.query("SELECT to_regclass('kept') AS kept")).toEqual([{ kept: null }])
      await incident.project.write('migrations/03_wrong.sql', 'CREATE TABLE kept ();')
      expect((await typed(MIGRATE, incident)).report).toMatchObject({ status: 'applied', ready: true })
    }))

  it('lets what a killed run left be said, whatever it was', () =>
    anIncident({ ...shop, '03_c.sql': 'CREATE TABLE c ();' }, async (incident) => {
      await carryOut(`${MIGRATE} --to 02`, incident)
      // As a run leaves it that was killed while a statement outside a transaction was under way.
      const leave = () =>
        incident.database.query(
          `INSERT INTO devflow.schema_migrations (version, name, checksum, status, statements_done, journal)
           VALUES ('03', '03_c.sql', 'sha256:${'0'.repeat(64)}', 'unknown', 0, '{}')
           ON CONFLICT (version) DO UPDATE SET status = 'unknown'`,
        )
      await leave()
      const cleared = await typed(
        'devflow db repair --env staging --clear 03 --reason "looked: nothing of it is there"',
        incident,
      )
      expect(cleared.report).toMatchObject({ exitCode: 0, status: 'applied' })
      await leave()
      const applied = await typed(
        'devflow db repair --env staging --applied 03 --reason "looked: all of it is there"',
        incident,
      )
      expect(applied.report).toMatchObject({ exitCode: 0, status: 'applied' })
      expect((await carryOut(STATUS, incident)).report.status).toBe('up-to-date')
    }))

  it('undoes what was applied to the wrong database, and the newest of what must be undone', () =>
    anIncident(shop, async (incident) => {
      await carryOut(MIGRATE, incident)
      const all = await typed('devflow db rollback --env staging --to 0 --dry-run', incident)
      expect(all.report.operation?.steps.map(({ state }) => state)).toEqual(['planned', 'planned'])
      const one = 'devflow db rollback --env staging --steps 1'
      expect((await typed(`${one} --dry-run`, incident)).report.status).toMatch(/^(planned|rehearsed)$/)
      expect((await typed(one, incident)).report.exitCode).toBe(0)
      expect(
        await incident.database.query(
          "SELECT to_regclass('users') IS NOT NULL AS users, to_regclass('orders') AS orders",
        ),
      ).toEqual([{ users: true, orders: null }])
    }))

  needs('psql', 'pg_dump').it('restores a backup into a new database', () =>
    anIncident(
      shop,
      async (incident) => {
        await carryOut(`${MIGRATE} --backup full`, incident)
        const [name = ''] = (await incident.project.list('backups/migrations')).filter((it) =>
          it.endsWith('.dump'),
        )
        const line = asWritten.find((it) => it.includes('devflow db restore')) ?? ''
        done.add(line)
        const created = `restored_${incident.database.name}`
        const here = line.replace(/backup_before_migration_\w+\.dump/, name).replace('shop_restored', created)
        const { report, text } = await carryOut(here, incident)
        expect(text).toContain(created)
        expect(report).toMatchObject({ exitCode: 0, status: 'applied' })
        await incident.database.query(`DROP DATABASE ${created}`)
      },
      15,
    ),
  )

  it('lets an edited file be restored or accepted', () =>
    anIncident(shop, async (incident) => {
      await carryOut(MIGRATE, incident)
      await incident.project.write('migrations/01_users.sql', `-- Users.\n${shop['01_users.sql']}`)
      const verified = await typed(VERIFY, incident)
      expect(verified.report).toMatchObject({ exitCode: 1, drift: [{ kind: 'edited', version: '01' }] })
      const accept = asWritten.find((line) => line.includes('--accept-checksum')) ?? ''
      expect((await typed(accept, incident)).report.exitCode).toBe(0)
      expect((await typed(VERIFY, incident)).report.exitCode).toBe(0)
    }))

  it('finds a changed history, and a schema changed by hand', () =>
    anIncident(shop, async (incident) => {
      await carryOut(MIGRATE, incident)
      await incident.database.query('ALTER TABLE users ADD COLUMN by_hand text')
      expect((await typed(VERIFY, incident)).text).toContain('by_hand')
      await incident.database.query(
        "UPDATE devflow.migration_history SET executed_by = 'nobody' WHERE version = '01'",
      )
      const { report } = await typed(VERIFY, incident)
      expect(report.exitCode).toBe(1)
      expect(report.findings.map(({ message }) => message).join()).toMatch(/row|event/)
    }))
})

afterAll(() => {
  const unseen = asWritten.filter((line) => line.startsWith('devflow') && !done.has(line))
  expect(unseen).toEqual([])
})

import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { needs } from '../../support/needs.js'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'
import { eachMajor, type Major } from '../../support/postgres/major.js'
import { aRecordedSchema, aRole, changesOf, roleName } from './a-recorded-schema.js'

/** Roles belong to a server: those of one test have the same names on both. */
const roleNames = () => ({ ANON_ROLE: roleName(), OWNER_ROLE: roleName(), ODD_ROLE: `odd "${roleName()}` })

async function withRich<Result>(
  major: Major,
  names: ReturnType<typeof roleNames>,
  use: (database: TestDatabase) => Promise<Result>,
): Promise<Result> {
  await using database = await aDatabase({ major })
  await using _anon = await aRole(database, '', names.ANON_ROLE)
  await using _owner = await aRole(database, '', names.OWNER_ROLE)
  await using _odd = await aRole(database, '', names.ODD_ROLE)
  let sql = await readFile(new URL('rich-schema.sql', import.meta.url), 'utf8')
  for (const [place, name] of Object.entries(names))
    sql = sql.replaceAll(place, `"${name.replaceAll('"', '""')}"`)
  await database.query(sql)
  return await use(database)
}

async function linesOf(database: TestDatabase): Promise<string[]> {
  await using schema = await aRecordedSchema(database)
  await schema.record()
  return schema.lines()
}

describe('the schema that is recorded', () => {
  it('is the same on the oldest and the newest major, whatever is in it', async () => {
    const names = roleNames()
    const older = await withRich(15, names, linesOf)
    expect(await withRich(18, names, linesOf)).toEqual(older)
    const kinds = new Set(older.map((line) => line.split('\t')[0]))
    expect([...kinds].sort()).toEqual([
      'aggregate',
      'attribute',
      'cast',
      'collation',
      'column',
      'constraint',
      'default privileges',
      'event trigger',
      'extension',
      'foreign data wrapper',
      'foreign table',
      'function',
      'index',
      'materialized view',
      'operator',
      'policy',
      'procedure',
      'publication',
      'rights',
      'rule',
      'schema',
      'sequence',
      'server',
      'statistics',
      'table',
      'trigger',
      'type',
      'user mapping',
      'view',
    ])
  })

  const { it: itWithTools } = needs({ program: 'pg_dump', atLeast: 15 })

  itWithTools('is the same where a dump was restored, on the same major and on the newest', async () => {
    const names = roleNames()
    await withRich(15, names, async (database) => {
      const lines = await linesOf(database)
      const { stdout: dump } = await run('pg_dump', [
        '--schema-only',
        '--exclude-schema=devflow',
        database.url,
      ])
      expect(await restored(15, dump)).toEqual(lines)
      // Its roles, made here, go with the database.
      await withRich(18, names, async () => expect(await restored(18, dump)).toEqual(lines))
    })
  })
})

/** Processor time of a process of the server, whoever else is busy on the machine. Where the system does not tell, time. */
function spentMs(pid: number): number {
  if (!existsSync(`/proc/${pid}/stat`)) return performance.now()
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  const [user, system] = fields.slice(11)
  // In hundredths of a second.
  return 10 * (Number(user) + Number(system))
}

const run = (program: string, args: readonly string[]) =>
  promisify(execFile)(program, args, { maxBuffer: 64 * 1024 * 1024 })

async function restored(major: Major, dump: string): Promise<string[]> {
  await using database = await aDatabase({ major })
  // A newer pg_dump writes commands of psql that keep others out.
  await database.query(dump.replace(/^\\(un)?restrict .*$/gm, ''))
  await database.query('RESET ALL')
  return await linesOf(database)
}

eachMajor('a schema of 2,000 tables', (major) => {
  it('is recorded and compared in less than a second', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    await using role = await aRole(database)
    for (let first = 0; first < 2_000; first += 250)
      await database.query(`DO $$ BEGIN FOR i IN ${first}..${first + 249} LOOP
        EXECUTE format('CREATE TABLE t%1$s (id bigint PRIMARY KEY, a int NOT NULL DEFAULT %1$s, b text,
          c timestamptz DEFAULT now(), d numeric(10, 2) CHECK (d > %1$s))', i);
        EXECUTE format('CREATE INDEX ON t%1$s (a)', i); EXECUTE format('CREATE INDEX ON t%1$s (b, c) WHERE a > 3', i);
        EXECUTE format('GRANT SELECT ON t%s TO ${role.name}', i);
      END LOOP; END $$`)
    const fastest = async (work: () => Promise<unknown>) => {
      const times: number[] = []
      for (let n = 0; n < 3; n++) {
        const started = spentMs(schema.session.processId)
        await work()
        times.push(spentMs(schema.session.processId) - started)
      }
      return Math.min(...times)
    }
    expect(await fastest(() => schema.record())).toBeLessThan(1_000)
    expect(await fastest(() => schema.compare())).toBeLessThan(1_000)
    await database.query('ALTER TABLE t1000 ADD e int; DROP TABLE t5')
    expect(await fastest(() => schema.compare())).toBeLessThan(1_000)
    expect(changesOf(await schema.compare())).toEqual([
      'added column public.t1000.e',
      'dropped table public.t5',
    ])
    expect(await schema.lines()).toHaveLength(2_000 * (1 + 5 + 2 + 2 + 1) + 3)
  })
})

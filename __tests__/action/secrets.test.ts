import { afterAll, beforeAll, describe, expect } from '@jest/globals'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject } from '../support/a-project.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { runCli } from '../support/run-cli.js'
import { inNode24, runStep } from './a-job.js'

let bundle: Bundle
/** A role is not of one database: the databases of all cases share it. */
let home: TestDatabase
beforeAll(async () => {
  bundle = await aBundle()
  home = await aDatabase()
  await home.query(`CREATE ROLE ${home.name} LOGIN SUPERUSER PASSWORD '${inSql}'`)
})
afterAll(async () => {
  await bundle[Symbol.asyncDispose]()
  await home.query(`DROP ROLE ${home.name}`)
  await home[Symbol.asyncDispose]()
})

const secret = `Zx9@Qq/7#Jj?%"'\\ <&>ß::Zz`
const encoded = encodeURIComponent(secret)
const inSql = secret.replaceAll("'", "''")

/** What must not be found anywhere: whole, in pieces of the kind parsers make, in every spelling. */
const spellings = [
  secret,
  encoded,
  encodeURI(secret),
  JSON.stringify(secret).slice(1, -1),
  secret.replaceAll("'", "''"),
  ...[secret, encoded, `${secret}\n`].map((text) => Buffer.from(text).toString('base64').replace(/=+$/, '')),
  'Zx9@Qq',
  'Qq/7#Jj',
]

interface Case {
  readonly url: string
  readonly sql?: string
  readonly command?: string
  readonly config?: string
}

interface Parts {
  readonly password?: string
  readonly scheme?: string
  readonly host?: string
  readonly rest?: string
}

type MakeUrl = (parts?: Parts) => string

function urlsOf(database: TestDatabase): MakeUrl {
  return ({ password = encoded, scheme = 'postgres', host, rest = `/${database.name}` } = {}) =>
    `${scheme}://${home.name}:${password}@${host ?? new URL(database.url).host}${rest}`
}

const cases: Readonly<Record<string, (urlOf: MakeUrl) => Case>> = {
  'nothing is wrong': (urlOf) => ({ url: urlOf() }),
  'nothing listens': (urlOf) => ({ url: urlOf({ host: '127.0.0.1:1' }) }),
  'the host does not resolve': (urlOf) => ({ url: urlOf({ host: 'nowhere.invalid' }) }),
  'the password is wrong': (urlOf) => ({ url: urlOf({ password: `${encoded}x` }) }),
  'there is no such database': (urlOf) => ({ url: urlOf({ rest: '/nowhere' }) }),
  'the scheme is another': (urlOf) => ({ url: urlOf({ scheme: 'mysql' }) }),
  'the password is not encoded': (urlOf) => ({ url: urlOf({ password: secret }) }),
  'the password is encoded in part': (urlOf) => ({ url: urlOf({ password: encodeURI(secret) }) }),
  'the port is no number': (urlOf) => ({ url: urlOf({ host: `127.0.0.1:${encoded}` }) }),
  'a parameter has no value': (urlOf) => ({ url: urlOf({ rest: '/x?sslmode' }) }),
  'the server has no TLS': (urlOf) => ({ url: `${urlOf()}?sslmode=verify-full` }),
  'the password stands in the query': (urlOf) => ({
    url: `${urlOf().replace(/\/\/[^@]*@/, '//')}?user=${home.name}&password=${encoded}`,
  }),
  'the URL is in key-value form': () => ({ url: `host=127.0.0.1 user=app password='${inSql}'` }),
  'the configuration is wrong': (urlOf) => ({ url: urlOf(), config: 'version: "1"\nnothing: 1\n' }),
  'the server repeats it in an error': (urlOf) => ({ url: urlOf(), sql: `SELECT '${inSql}'::int;` }),
  'the server repeats it in a notice': (urlOf) => ({
    url: urlOf(),
    sql: `DO $do$ BEGIN RAISE NOTICE '%', '${inSql}'; RAISE EXCEPTION 'no: %', '${inSql}'; END $do$;`,
  }),
  'a file holds it beside a mistake': (urlOf) => ({
    url: urlOf(),
    sql: `CREATE ROLE x PASSWORD '${inSql}' NOPE;`,
  }),
  'a file holds it and can not be parsed': (urlOf) => ({
    url: urlOf(),
    command: 'validate',
    sql: `CREATE ROLE x PASSWORD '${inSql}' "${secret.replaceAll('"', '""')}"`,
  }),
  'its history is read': (urlOf) => ({ url: urlOf(), command: 'history' }),
}

const found = (text: string) => spellings.filter((spelling) => text.includes(spelling))

describe('the password of the database is nowhere', () => {
  for (const [name, make] of Object.entries(cases)) {
    inNode24(`when ${name}`, async () => {
      await using database = await aDatabase()
      const { url, sql = 'SELECT 1;', command = 'migrate', config } = make(urlsOf(database))
      await using project = await aProject({ 'migrations/01_a.sql': sql })
      if (config !== undefined) await project.write('devflow.yml', config)
      const inputs = { command, environment: 'staging', 'log-file': 'run.log' }
      const step = { bundle, project, inputs, env: { DATABASE_URL: url, RUNNER_DEBUG: '1' } }
      const [asVariable, asInput] = await Promise.all([
        runStep(step),
        runStep({ ...step, inputs: { ...inputs, 'database-url': url }, env: {} }),
      ])
      for (const result of [asVariable, asInput]) {
        const printed = result.raw.filter((line) => !line.startsWith('::add-mask::')).join('\n')
        expect(found(printed)).toEqual([])
        expect(found(result.stderr)).toEqual([])
        expect(found(result.summary)).toEqual([])
        expect(found(JSON.stringify(result.outputs))).toEqual([])
        expect(found(result.reportText)).toEqual([])
        expect(result.summary).toMatch(/^## /)
      }
      const words = ['db', command, '--env', 'staging', '--verbose', '--json', '--log-file', 'cli.log']
      const env = { DATABASE_URL: url, DEBUG: 'true' }
      const cli = await runCli(bundle.cli, words, { cwd: project.path, env })
      expect(found(cli.stdout)).toEqual([])
      expect(found(cli.stderr)).toEqual([])
      const logs = (await project.list('.')).filter((file) => file.endsWith('.log'))
      for (const log of logs) expect(found(await project.read(log))).toEqual([])
      expect(found(await history(database))).toEqual([])
    })
  }
})

/** Everything that was recorded, as text. */
async function history(database: TestDatabase): Promise<string> {
  const [there] = await database.query(`SELECT to_regclass('devflow.schema_migrations') IS NOT NULL AS yes`)
  if (!there?.yes) return ''
  const rows = await database.query(
    `SELECT m::text AS m FROM devflow.schema_migrations m UNION ALL SELECT h::text FROM devflow.migration_history h`,
  )
  return rows.map(({ m }) => m).join('\n')
}

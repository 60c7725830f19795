import { expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { aMigrator } from './a-migrator.js'
import { everyOutlet } from './every-outlet.js'

/** The parts that give it away: it must not be shown in pieces either. */
const SECRET = 'zebra-quartz-9-violin'
const GIVEN_AWAY = /ebra-|quartz|violin/

const configured = (rehearse: string) => `database:
  rules: { secret-in-sql: { development: warn } }
  environments: { test: { rehearse: ${rehearse} } }
`

const failing: readonly [name: string, sql: string][] = [
  [
    'an error that quotes it',
    `select set_config('app.jwt_secret', '${SECRET}', false);\nselect current_setting('app.jwt_secret')::int;`,
  ],
  [
    'a statement that holds it and fails',
    `create role missing_${'x'.repeat(8)} in role nobody_there login password '${SECRET}';`,
  ],
  [
    'an error of a block that tells it, and a notice',
    `do $$ declare api_key text := '${SECRET}'; begin raise notice 'it is %', api_key; raise exception 'it was %', api_key using hint = api_key; end $$;`,
  ],
  [
    'a file outside of a transaction',
    `-- devflow:no-transaction\nselect vault.create_secret('${SECRET}', 'name'); -- once more ${SECRET}`,
  ],
]

it.each(failing)('shows nothing of a secret in a file when the server refuses %s', async (_, sql) => {
  await using database = await aDatabase()
  await using migrator = await aMigrator(database.url, { '01_secret.sql': sql })
  for (const rehearse of ['target', 'off']) {
    await migrator.project.write('devflow.yml', configured(rehearse))
    const report = await migrator.run('migrate')
    expect(report.problems).toEqual([])
    expect(report.exitCode).toBe(1)
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(
      [...report.rehearsal, ...report.outcomes].some(({ failure }) => failure?.position !== undefined),
    ).toBe(true)
    expect(leaks(everyOutlet(report, migrator.events))).toEqual([])
    const rows = await database.query('select * from devflow.schema_migrations')
    const events = await database.query('select * from devflow.migration_history')
    expect(rows.length).toBeGreaterThan(0)
    expect(leaks(JSON.stringify([rows, events]))).toEqual([])
  }
})

const unreadable: readonly [name: string, sql: string][] = [
  ['beside it', `create role app login password '${SECRET}' nonsense;`],
  ['before it', `selec 1; create role app login password '${SECRET}';`],
  ['in it, by a quote of its own', `create role app login password 'zebr'a-quartz-9-violin';`],
  ['before it, by a quote', `select 'it's it'; create role app password '${SECRET}'; select 1;`],
  ['by a quote that is never closed', `create role app login password '${SECRET};\nselect 1;`],
  ['in a psql variable', `\\set app_password '${SECRET}'\ncreate role app login password :'app_password';`],
  ['in a directive beside it', `/* devflow:nonsense */ create role app login password '${SECRET}';`],
]

it.each(unreadable)('shows nothing of a secret in a file with a mistake %s', async (_, sql) => {
  await using database = await aDatabase()
  await using migrator = await aMigrator(database.url, { '01_secret.sql': sql })
  for (const command of ['validate', 'migrate']) {
    const report = await migrator.run(command)
    expect(report.exitCode).toBe(1)
    expect(report.findings.some(({ excerpt }) => excerpt !== undefined)).toBe(true)
    expect(leaks(everyOutlet(report, migrator.events))).toEqual([])
  }
})

it('finds a secret in each environment, sends nothing of the file, and shows nothing of it', async () => {
  await using database = await aDatabase()
  const sql = `-- was: ${SECRET}\ncreate table t (id int);\nselect vault.create_secret('${SECRET}', 'name');`
  await using migrator = await aMigrator(database.url, { '01_secret.sql': sql })
  for (const environment of ['test', 'staging', 'production'])
    for (const command of ['validate', 'plan', 'migrate']) {
      const variables = { CONFIRM_PRODUCTION_MIGRATION: 'true', FORCE_RUN: 'true' }
      const report = await migrator.run(command, { given: { environment }, variables })
      const found = report.findings.filter(({ rule }) => rule === 'secret-in-sql')
      expect(found).toMatchObject([
        {
          severity: 'error',
          position: { line: 3, column: 29, endColumn: 49 },
          message: 'The file holds a secret of the vault (ze…, 21 characters).',
          excerpt: `select vault.create_secret('ze*******************', 'name');\n${' '.repeat(28)}^`,
        },
      ])
      expect(leaks(everyOutlet(report, migrator.events))).toEqual([])
    }
  expect(await database.query("select 1 from pg_tables where tablename = 't'")).toEqual([])
})

it('shows nothing of a secret that another finding is about', async () => {
  await using database = await aDatabase()
  await using migrator = await aMigrator(database.url, {
    '01_secret.sql': `alter system set primary_conninfo = 'host=a user=b password=${SECRET}'; commit;`,
  })
  const report = await migrator.run('validate')
  expect(report.findings.length).toBeGreaterThan(0)
  expect(leaks(everyOutlet(report, migrator.events))).toEqual([])
})

function leaks(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const at = line.search(GIVEN_AWAY)
    return at === -1 ? [] : [line.slice(Math.max(0, at - 100), at + 100)]
  })
}

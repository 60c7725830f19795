import { expect, it } from '@jest/globals'
import { anOp } from '../secrets/an-op.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { aMigrator, verdict } from './a-migrator.js'

/** As in the AOSentry document, but for what applies the files. */
const CONFIGURATION = `version: "1"

project:
  name: aosentry

database:
  migrations:
    directory: migrations

  environments:
    local:
      url_env: DATABASE_URL
    staging:
      url_env: DATABASE_URL
    production:
      url_env: DATABASE_URL
      require_approval: true

secrets:
  provider: 1password
  vault: AOCyber
  mappings:
    - name: aosentry_database_url
      op_item: AOSentry Staging
      op_field: database_url
`

it('staging gets its database from 1Password, as the document maps it, and production does not get it', async () => {
  await using database = await aDatabase()
  await using migrator = await aMigrator(database.url, { '01_a.sql': 'CREATE TABLE a ();' })
  await migrator.project.write('devflow.yml', CONFIGURATION)
  await using op = await anOp({ AOCyber: { 'AOSentry Staging': { database_url: database.url } } })
  const variables = { ...op.variables, DATABASE_URL: '' }
  const on = (environment: string) => migrator.run('migrate', { given: { environment }, variables })

  expect(verdict(await on('staging'))).toBe('0 applied: 01 applied')
  const production = await on('production')
  expect(production.exitCode).toBe(2)
  expect(production.problems[0]?.message).toContain('is for staging by its names')
  expect((await op.calls()).map(({ args }) => args.at(-1))).toEqual([
    'op://AOCyber/AOSentry Staging/database_url',
  ])
})

it('nobody asks 1Password where the file that says what for may be a stranger’s', async () => {
  await using migrator = await aMigrator('', { '01_a.sql': 'CREATE TABLE a ();' })
  await migrator.project.write('devflow.yml', CONFIGURATION)
  await migrator.project.write(
    'event.json',
    '{"pull_request":{"head":{"repo":{"full_name":"mallory/shop"}}}}',
  )
  await using op = await anOp({ AOCyber: { 'AOSentry Staging': { database_url: 'postgresql://h/d' } } })
  const on = (event: string, ephemeral: string) =>
    migrator.run('dry-run', {
      given: { environment: 'staging', ephemeral },
      variables: {
        ...op.variables,
        GITHUB_ACTIONS: 'true',
        GITHUB_EVENT_NAME: event,
        GITHUB_EVENT_PATH: `${migrator.project.path}/event.json`,
        GITHUB_REPOSITORY: 'acme/shop',
      },
    })
  const told = [await on('pull_request', 'false'), await on('pull_request_target', 'true')]
  expect(told.map(({ exitCode, problems }) => [exitCode, problems[0]?.message])).toEqual([
    [
      2,
      expect.stringContaining(
        'No secret is asked for. The pull request brings code from mallory/shop, a fork of acme/shop',
      ),
    ],
    [2, expect.stringContaining('No secret is asked for. The event pull_request_target gives the code')],
  ])
  expect(await op.calls()).toEqual([])
})

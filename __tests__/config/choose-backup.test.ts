import { describe, expect, it } from '@jest/globals'
import { makeConfig } from '../../src/config/make-config.js'
import type { System } from '../../src/config/sources.js'
import type { Config } from '../../src/model/config.js'
import type { InputName, Inputs } from '../../src/model/inputs.js'
import { UserError } from '../../src/model/user-error.js'

interface Asked {
  readonly given?: Partial<Record<InputName, string>>
  readonly variables?: Readonly<Record<string, string>>
  /** Of the environment, as in devflow.yml. */
  readonly file?: string
  readonly more?: Partial<Inputs>
}

async function make({ given = {}, variables = {}, file, more = {} }: Asked): Promise<Config> {
  const text = `database: { environments: { staging: {${file ?? ''}}, production: {${file ?? ''}} } }`
  const system: System = {
    readFile: async (path) => (path === '/project/devflow.yml' && file !== undefined ? text : undefined),
    exists: async (path) =>
      path === '/project/migrations' || (path === '/project/devflow.yml' && file !== undefined),
    readPlan: async () => undefined,
    readEvent: async () => undefined,
    osUser: 'ada',
    toolVersion: '0.1.0',
  }
  return makeConfig(
    {
      entry: 'cli',
      given: { command: 'migrate', environment: 'staging', ...given },
      variables: { DATABASE_URL: 'postgresql://app@staging.example.com/shop', ...variables },
      folder: '/project',
      ci: true,
      verbose: false,
      ...more,
    },
    system,
  )
}

const backupOf = async (asked: Asked) => (await make(asked)).backup

async function mistakesOf(asked: Asked): Promise<string> {
  const error = await make(asked).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(UserError)
  return (error as UserError).problems.map(({ message, help }) => `${message} ${help}`).join('\n')
}

const production = { environment: 'production' } as const

describe('what is backed up', () => {
  it('is nothing where nobody says anything, and that is told from a choice', async () => {
    expect((await backupOf({})).mode).toBeUndefined()
    expect((await backupOf({ file: 'backup: off' })).mode).toBe('off')
    expect((await backupOf({ variables: { SKIP_BACKUP: 'true' } })).mode).toBe('off')
    expect((await backupOf({ variables: { SKIP_BACKUP: 'false' } })).mode).toBeUndefined()
  })

  it.each([
    ['off', 'marker', 'marker'],
    ['marker', 'touched', 'touched'],
    ['full', 'off', 'full'],
    ['touched', 'full', 'full'],
  ] as const)('is the safer of %s by the input and %s in the file: %s', async (input, file, holds) => {
    const config = await make({ given: { backup: input }, file: `backup: ${file}` })
    expect(config.backup.mode).toBe(holds)
    expect(config.notes).toEqual([
      `backup: ${holds === input ? `the flag --backup says ${input}, devflow.yml says ${file}` : `devflow.yml says ${file}, the flag --backup says ${input}`}; the safer one holds: ${holds}.`,
    ])
  })

  it('is nothing with SKIP_BACKUP=true, but on class production', async () => {
    const asked = { file: 'backup: full', variables: { SKIP_BACKUP: 'true' } }
    const staging = await make(asked)
    expect([staging.backup.mode, staging.notes]).toEqual([
      'off',
      [
        'backup: the variable SKIP_BACKUP says true, devflow.yml says full; outside class production the variable holds: off.',
      ],
    ])
    const live = await make({ ...asked, given: production })
    expect([live.backup.mode, live.notes]).toEqual([
      'full',
      ['backup: devflow.yml says full, the variable SKIP_BACKUP says true; the safer one holds: full.'],
    ])
  })

  it('is told with where that was said', async () => {
    const { provenance } = await make({ given: { backup: 'full', 'backup-id': 'snap-1' } })
    expect(provenance).toEqual(
      expect.arrayContaining([
        { name: 'backup', value: 'full', source: 'the flag --backup' },
        { name: 'backup-id', value: 'snap-1', source: 'the flag --backup-id' },
      ]),
    )
  })
})

describe('a backup', () => {
  it('goes to backups/migrations, of which ten are kept, in the format of pg_dump, by one job', async () => {
    expect(await backupOf({})).toEqual({
      verify: false,
      directory: '/project/backups/migrations',
      keep: 10,
      format: 'custom',
      jobs: 1,
    })
  })

  it('is as the file says, and as an input says before it', async () => {
    const file =
      'backup: full, backup-verify: true, backup-directory: saved, backup-keep: 3, backup-format: sql.gz'
    expect(await backupOf({ file, variables: { PARALLEL_JOBS: '4' } })).toEqual({
      mode: 'full',
      verify: true,
      directory: '/project/saved',
      keep: 3,
      format: 'sql.gz',
      jobs: 4,
    })
    const given = {
      'backup-verify': 'false',
      'backup-directory': 'there',
      'backup-keep': '5',
      'backup-format': 'custom',
    }
    expect(await backupOf({ file, given })).toMatchObject({
      verify: true,
      directory: '/project/there',
      keep: 5,
      format: 'custom',
    })
  })

  it.each([
    [
      { backup: 'ful' },
      'The flag --backup is "ful"; it must be full, touched, marker or off. Did you mean full?',
    ],
    [{ 'backup-keep': '0' }, 'The flag --backup-keep is "0"; it must be a whole number from 1 to 1000.'],
    [{ 'backup-format': 'plain' }, 'it must be custom or sql.gz.'],
    [
      { 'backup-directory': 'migrations/saved' },
      'backup-directory is "migrations/saved", in the migrations folder.',
    ],
    [{ 'backup-id': 'a\u0007b' }, 'which is no identifier'],
    [{ backup: 'touched', 'backup-format': 'sql.gz' }, 'lacks rows that its foreign keys need'],
  ])('is not made of %j', async (given, message) => {
    expect(await mistakesOf({ given })).toContain(message)
  })

  it.each([
    ['backup: all', 'must be full, touched, marker or off'],
    ['backup-keep: 0', 'must be a whole number from 1 to 1000'],
    ['backup-format: zip', 'must be custom or sql.gz'],
  ])('is not made of %s in the file', async (file, message) => {
    expect(await mistakesOf({ file })).toContain(message)
  })

  it('stays in the workspace and the runner’s temporary folder in the action', async () => {
    const more = { entry: 'action', boundary: '/project' } as const
    const variables = { RUNNER_TEMP: '/runner/temp' }
    const at = (folder: string) => ({ given: { 'backup-directory': folder }, variables, more })
    expect((await backupOf(at('/runner/temp/b'))).directory).toBe('/runner/temp/b')
    expect(await mistakesOf(at('/etc/b'))).toContain('outside the workspace and RUNNER_TEMP')
    expect(await mistakesOf(at('../b'))).toContain('outside the workspace and RUNNER_TEMP')
  })

  it.each(['many', '0', '65'])('is written by one job where PARALLEL_JOBS is %s', async (text) => {
    const config = await make({ given: { backup: 'full' }, variables: { PARALLEL_JOBS: text } })
    expect([config.backup.jobs, config.notes]).toEqual([
      1,
      ['The variable PARALLEL_JOBS is no number from 1 to 64; it has no effect here.'],
    ])
  })
})

describe('a restore', () => {
  it('names its backup, and the database it makes', async () => {
    const given = { command: 'restore', file: 'saved/a.dump', create: 'shop_copy' }
    expect(await backupOf({ given })).toMatchObject({ file: '/project/saved/a.dump', create: 'shop_copy' })
  })

  it.each([
    [{}, 'No backup is named to restore. Name one with the flag --file'],
    [{ file: 'a', create: 'x'.repeat(64) }, 'no name for a database'],
    [{ file: 'a', create: 'a\tb' }, 'no name for a database'],
  ])('is not made of %j', async (given, message) => {
    expect(await mistakesOf({ given: { command: 'restore', ...given } })).toContain(message)
  })
})

import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { InputName } from '../../src/model/inputs.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, type Migrator } from './a-migrator.js'

const FILES = {
  '01_users.sql': 'CREATE TABLE users (id int);',
  '02_orders.sql': 'CREATE TABLE orders (id int);',
  '03_notes.sql': 'CREATE TABLE notes (id int);',
}

const ADOPTED = 'CREATE TABLE public.schema_migrations (version varchar PRIMARY KEY);'

eachMajor('a command that takes the schema as it is', (major) => {
  let database: TestDatabase
  let migrator: Migrator
  beforeAll(async () => {
    database = await aDatabase({ major })
    migrator = await aMigrator(database.url, FILES)
  })
  afterAll(async () => {
    await migrator[Symbol.asyncDispose]()
    await database[Symbol.asyncDispose]()
  })

  const afresh = async () => {
    await database.query('DROP SCHEMA IF EXISTS devflow, public CASCADE; CREATE SCHEMA public;')
    await migrator.run('migrate', { given: { to: '01' } })
  }
  const noted = async (command: string, given: Partial<Record<InputName, string>>) => {
    const { notes, exitCode } = await migrator.run(command, { given })
    return [exitCode, notes.filter((note) => /schema|The (table|column)/.test(note))]
  }

  it.each<[string, Partial<Record<InputName, string>>, string]>([
    ['repair', { applied: '02', reason: 'run by hand' }, 'CREATE TABLE orders (id int);'],
    ['repair', { reverted: '01', reason: 'undone by hand' }, 'ALTER TABLE users ADD COLUMN name text;'],
    ['baseline', { to: '02', reason: 'made before' }, 'CREATE TABLE orders (id int);'],
    ['adopt', {}, `CREATE TABLE orders (id int); ${ADOPTED} INSERT INTO schema_migrations VALUES ('02');`],
  ])('names what other hands changed: %s %j', async (command, given, byHand) => {
    await afresh()
    await database.query(byHand)
    const objects = byHand.includes(ADOPTED) ? '2 objects are' : '1 object is'
    const told = [
      0,
      [
        `${objects} not as the last run left the schema. ${command} records the schema as it is, so later runs do not tell of it:`,
        expect.stringMatching(
          /^The (table public\.orders|column public\.users\.name) is in the database and/,
        ),
        ...(byHand.includes(ADOPTED) ? [expect.stringContaining('public.schema_migrations')] : []),
      ],
    ]
    expect(await noted(command, { ...given, 'dry-run': 'true' })).toEqual(told)
    expect(await noted(command, given)).toEqual(told)
    expect(await noted(command, given)).toEqual([0, []])
    const { findings } = await migrator.run('verify')
    expect(findings.filter(({ rule }) => rule === 'schema-drift')).toEqual([])
  })

  it('says nothing where nothing was changed, is compared, or is taken', async () => {
    await afresh()
    expect(await noted('repair', { applied: '02', reason: 'x' })).toEqual([0, []])
    await database.query('CREATE TABLE by_hand (id int)')
    await migrator.write('01_users.sql', `${FILES['01_users.sql']} -- who buys`)
    expect(await noted('repair', { 'accept-checksum': '01', reason: 'x' })).toEqual([0, []])
    await migrator.write('01_users.sql', FILES['01_users.sql'])
    await migrator.run('repair', { given: { 'accept-checksum': '01', reason: 'x' } })
    await migrator.project.write('devflow.yml', OFF)
    expect(await noted('repair', { applied: '03', reason: 'x' })).toEqual([0, []])
    await migrator.project.write('devflow.yml', '')
  })
})

/** JSON is YAML. */
const OFF = JSON.stringify({ database: { environments: { test: { 'schema-drift': 'off' } } } })

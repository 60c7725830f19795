import { readFile } from 'node:fs/promises'
import { expect, it } from '@jest/globals'
import { aMigrator, verdict } from '../programs/a-migrator.js'
import { parseBlocks } from '../repository/markdown.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { anOp } from './an-op.js'

const doc = await readFile(new URL('../../docs/secrets.md', import.meta.url), 'utf8')

it('the configuration of docs/secrets.md gives each environment its own database', async () => {
  await using staging = await aDatabase()
  await using production = await aDatabase()
  await using migrator = await aMigrator('', { '01_a.sql': 'CREATE TABLE a ();' })
  const [shown] = parseBlocks(doc).filter(({ language }) => language === 'yaml')
  await migrator.project.write('devflow.yml', shown?.text ?? '')
  await using op = await anOp({
    Team: {
      'Shop Staging': { database_url: staging.url },
      'Shop Production': { database_url: production.url },
    },
  })
  const on = (command: string, environment: string) =>
    migrator.run(command, {
      given: { environment, rehearse: 'target' },
      variables: { ...op.variables, DATABASE_URL: '' },
    })
  expect(verdict(await on('migrate', 'staging'))).toBe('0 applied: 01 applied')
  expect(verdict(await on('status', 'production'))).toBe('0 pending')
  expect((await op.calls()).map(({ args }) => args.at(-1))).toEqual([
    'op://Team/Shop Staging/database_url',
    'op://Team/Shop Production/database_url',
  ])
})

import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { describe, expect } from '@jest/globals'
import { parseArguments } from '../../src/config/parse-arguments.js'
import type { Report } from '../../src/model/report.js'
import { proving } from '../backup/pg-programs.js'
import { parseBlocks } from '../repository/markdown.js'
import { read } from '../repository/tree.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { aMigrator, type Migrator, verdict } from './a-migrator.js'

const page = 'docs/backup.md'
const commands = parseBlocks(read(page))
  .filter(({ language }) => language === 'bash')
  .flatMap(({ text }) => text.trim().split('\n'))
  .filter((line) => line.startsWith('devflow '))

/** @param instead what of the line has another name here */
function run(migrator: Migrator, line = '', instead: Readonly<Record<string, string>> = {}): Promise<Report> {
  const words = line.split(' ').map((word) => instead[word] ?? word)
  const asked = parseArguments(words.slice(1), {}, '.')
  if (asked.kind !== 'run') throw new Error(line)
  expect(asked.inputs.mistakes).toEqual([])
  return migrator.run('', { given: asked.inputs.given })
}

describe('the page about backups', () => {
  proving.it('shows commands that do what it says', async () => {
    await using database = await aDatabase({ major: 15 })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a (id int primary key);',
    })
    await migrator.run('migrate', { given: { environment: 'staging' } })
    const [backup, marker, restore, ...others] = commands
    expect(others).toEqual([])
    const taken = await run(migrator, backup)
    expect([verdict(taken), taken.operation?.facts?.verified]).toEqual(['0 applied', true])
    const { path = '', sha256 } = taken.backup ?? {}
    expect(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ).toBe(sha256)
    expect((await stat(`${path}.json`)).isFile()).toBe(true)
    const recorded = await run(migrator, marker, { production: 'staging' })
    expect(recorded.backup).toBeUndefined()
    expect([verdict(recorded), recorded.operation?.facts?.id]).toEqual(['0 applied', 'rds-snapshot-17'])
    const create = `${database.name}_restored`
    const restored = await run(migrator, restore, {
      'backups/migrations/backup_before_migration_20260121_143022.dump': String(taken.operation?.facts?.path),
      shop_restored: create,
    })
    expect(verdict(restored)).toBe('0 applied')
    await database.query(`drop database ${create}`)
  })
})

import { describe, expect, it } from '@jest/globals'
import { parseArguments } from '../../src/config/parse-arguments.js'
import type { Report } from '../../src/model/report.js'
import { parseBlocks, parseTable } from '../repository/markdown.js'
import { read } from '../repository/tree.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { aMigrator, type Migrator, verdict } from './a-migrator.js'

const env = { environment: 'staging' }

function commandsOf(page: string): string[] {
  const bash = parseBlocks(read(page)).filter(({ language }) => language === 'bash')
  return bash.flatMap(({ text }) => text.trim().split('\n'))
}

/** @param shadow a server that the shadow is made on: quicker than one of its own */
function run(migrator: Migrator, line = '', shadow = ''): Promise<Report> {
  const words = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''))
  const asked = parseArguments(words.slice(1), {}, '.')
  if (asked.kind !== 'run') throw new Error(line)
  expect(asked.inputs.mistakes).toEqual([])
  const variables = shadow === '' ? {} : { SHADOW_DATABASE_URL: shadow }
  return migrator.run('', { given: asked.inputs.given, variables })
}

async function runAll(migrator: Migrator, lines: readonly string[], shadow = ''): Promise<string[]> {
  const told: string[] = []
  for (const line of lines) {
    const { exitCode, status, operation } = await run(migrator, line, shadow)
    told.push(`${exitCode} ${status} ${operation?.steps.map(({ version }) => version ?? '').join()}`.trim())
  }
  return told
}

describe('the page about going back', () => {
  it('shows commands that do what it says, one after the other', async () => {
    await using database = await aDatabase({ major: 18 })
    const down = (name: string) => `CREATE TABLE ${name} (id int);\n-- migrate:down\nDROP TABLE ${name};`
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': down('a'),
      '02_b.sql': down('b'),
      '03_c.sql': down('c'),
    })
    await migrator.run('migrate', { given: env })
    const commands = commandsOf('docs/rollback.md')
    expect(await runAll(migrator, commands.slice(0, 4))).toEqual([
      '0 planned 03',
      '0 applied 03',
      '0 applied 02',
      '0 applied 01',
    ])
    await migrator.write('04_d.sql', 'CREATE TABLE d (id int);')
    await migrator.run('migrate', { given: env })
    const [propose, round, ...others] = commands.slice(4)
    expect(others).toEqual([])
    expect((await run(migrator, propose)).operation?.steps[0]?.what).toContain('05_undo_d.sql')
    expect(await migrator.project.read('migrations/05_undo_d.sql')).toContain('DROP TABLE d;')
    await migrator.project.remove('migrations/05_undo_d.sql')
    await migrator.write('05_e.sql', down('e'))
    expect((await run(migrator, round, database.url)).notes.join()).toContain(
      '1 migration went up, down and up again',
    )
  })

  it('names the down file of each style', () => {
    const rows = parseTable(read('docs/rollback.md'), 'Down parts')
    expect(rows.map(([migration]) => migration)).toEqual([
      '`01_users.sql`',
      '`V1__users.sql`',
      '`01_users/up.sql`',
    ])
  })
})

describe('the page about correcting the history', () => {
  const commands = commandsOf('docs/repair.md')

  it('shows repairs that do what it says, one after the other', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'CREATE TABLE a (id int);',
      '02_b.sql': 'CREATE TABLE b (id int);',
      '03_c.sql': 'CREATE TABLE c (id int);',
      '04_d.sql': 'SELECT 1/0;',
    })
    await migrator.run('migrate', { given: { ...env, to: '02' } })
    const failing = { ...env, version: '04', 'allow-out-of-order': 'true', rehearse: 'off' }
    expect(verdict(await migrator.run('migrate', { given: failing }))).toBe('1 failed: 04 failed')
    await migrator.write('01_a.sql', 'CREATE TABLE a (id int); -- corrected')
    const repairs = commands.filter((line) => line.includes(' repair '))
    expect(await runAll(migrator, repairs)).toEqual([
      '0 planned 03',
      '0 applied 03',
      '0 applied 01',
      '0 applied 03',
      '0 applied 04',
    ])
    expect((await migrator.run('verify', { given: env })).findings).toEqual([])
  })

  it('shows a baseline that does what it says', async () => {
    await using database = await aDatabase({ major: 18 })
    await using client = await aClient(database.url)
    await client.query('CREATE TABLE a (id int); CREATE TABLE b (id int);')
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'CREATE TABLE a (id int);',
      '02_b.sql': 'CREATE TABLE b (id int);',
      '03_c.sql': 'CREATE TABLE c (id int);',
    })
    const baselines = commands.filter((line) => line.includes(' baseline '))
    expect(await runAll(migrator, baselines, database.url)).toEqual(['0 planned 01,02', '0 applied 01,02'])
    expect(verdict(await migrator.run('migrate', { given: env }))).toBe('0 applied: 03 applied')
  })
})

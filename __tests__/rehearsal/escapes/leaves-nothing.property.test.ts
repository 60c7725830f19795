import '../../support/fuzz-seed.js'
import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { EscapeFacts } from '../../../src/rehearsal/escapes/escape-facts.js'
import { aMigrator } from '../../programs/a-migrator.js'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { SCHEMA } from './a-schema.js'
import { arbitraryFiles } from './arbitrary-statements.js'
import { factsOf, filesOf, leavesOf } from './judge-on.js'
import { wholeDatabase } from './whole-database.js'

const RUNS = Number(process.env.DEVFLOW_FUZZ_RUNS ?? 150)

eachMajor('a rehearsal on the target', (major) => {
  it('leaves the whole database as it was, whatever the files hold', async () => {
    await using database = await aDatabase({ major })
    await database.query(SCHEMA)
    const facts = await factsOf(database)
    const first = await wholeDatabase(database)
    const tally = { sent: 0, left: 0, failed: 0 }
    let before = await wholeDatabase(database, { definitions: false })
    await fc.assert(
      fc.asyncProperty(arbitraryFiles(), async (files) => {
        const sent = await rehearse(database, facts, files, tally)
        const after = await wholeDatabase(database, { definitions: false })
        const changed = Object.keys(after).filter((name) => before[name] !== after[name])
        before = after
        expect({ changed, sent: changed.length > 0 ? sent : [] }).toEqual({ changed: [], sent: [] })
      }),
      { numRuns: RUNS },
    )
    expect(await wholeDatabase(database)).toEqual(first)
    expect(Math.min(...Object.values(tally))).toBeGreaterThan(RUNS / 3)
  }, 300_000)

  it('leaves it so through the whole program', async () => {
    await using database = await aDatabase({ major })
    await database.query(SCHEMA)
    await using migrator = await aMigrator(database.url)
    const before = await wholeDatabase(database)
    await fc.assert(
      fc.asyncProperty(arbitraryFiles(), async (files) => {
        for (const at of [0, 1, 2])
          await migrator.write(`0${at + 1}_made.sql`, `${(files[at] ?? ['select 1']).join(';\n')};\n`)
        const report = await migrator.run('dry-run', { given: { rehearse: 'target' } })
        expect(report.problems).toEqual([])
        expect(await wholeDatabase(database)).toEqual(before)
      }),
      { numRuns: Math.ceil(RUNS / 10) },
    )
  }, 300_000)
})

/** As a rehearsal does it, with files that fail taken back and the next one tried. @returns what was sent */
async function rehearse(
  database: TestDatabase,
  facts: EscapeFacts,
  files: readonly (readonly string[])[],
  tally: Record<'sent' | 'left' | 'failed', number>,
): Promise<readonly string[]> {
  const migrations = filesOf(files.map((statements) => `${statements.join(';\n')};\n`))
  const leaves = leavesOf(migrations, facts)
  const sent: string[] = []
  await database.query('begin')
  for (const migration of migrations) {
    await database.query('reset search_path; savepoint file')
    for (const [index, { span }] of (migration.statements ?? []).entries()) {
      if (leaves(migration, index) !== undefined) {
        tally.left++
        continue
      }
      const sql = migration.text.slice(span.start, span.end)
      sent.push(sql)
      tally.sent++
      try {
        await database.query(sql)
      } catch {
        tally.failed++
        await database.query('rollback to savepoint file')
        break
      }
    }
  }
  await database.query('rollback')
  await database.query('deallocate all; reset all; select pg_advisory_unlock_all()')
  return sent
}

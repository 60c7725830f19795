import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { aDatabase } from '../support/postgres/a-database.js'
import { aMigrator } from './a-migrator.js'

const COUNT = 5
const OUTSIDE = 3

/** Each makes a table of its own; one of them outside of a transaction. */
function files(): Record<string, string> {
  const all = Array.from({ length: COUNT }, (_, index) => index + 1).map((version) =>
    version === OUTSIDE
      ? [
          `${version}_t.sql`,
          `-- devflow:no-transaction\nCREATE TABLE t${version} (id int);\nCREATE INDEX CONCURRENTLY i ON t${version} (id);\n-- migrate:down transaction:false\nDROP INDEX CONCURRENTLY i;\nDROP TABLE t${version};`,
        ]
      : [`${version}_t.sql`, `CREATE TABLE t${version} (id int);\n-- migrate:down\nDROP TABLE t${version};`],
  )
  return Object.fromEntries(all)
}

it('goes forth and back as often as it is asked, and the database is always what the history says', async () => {
  await using database = await aDatabase({ major: 18 })
  await using migrator = await aMigrator(database.url, files())
  let there = 0
  const moves = fc.array(
    fc.record({ to: fc.integer({ min: 0, max: COUNT }), rehearse: fc.constantFrom('target', 'off') }),
    { minLength: 3, maxLength: 5 },
  )
  await fc.assert(
    fc.asyncProperty(moves, async (all) => {
      for (const { to, rehearse } of all) {
        const command = to < there ? 'rollback' : 'migrate'
        if (command === 'migrate' && to === 0) continue
        const report = await migrator.run(command, { given: { to: String(to), rehearse } })
        expect(report.problems).toEqual([])
        expect(report.exitCode).toBe(0)
        there = to
        const tables = await database.query<{ name: string }>(
          "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relname ~ '^t[0-9]$' ORDER BY 1",
        )
        const applied = await database.query<{ version: string }>(
          "SELECT version FROM devflow.schema_migrations WHERE status = 'completed' ORDER BY 1",
        )
        const expected = Array.from({ length: there }, (_, index) => String(index + 1))
        expect(tables.map(({ name }) => name.slice(1))).toEqual(expected)
        expect(applied.map(({ version }) => version)).toEqual(expected)
      }
    }),
    { numRuns: 3 },
  )
  const verified = await migrator.run('verify')
  expect(verified.findings).toEqual([])
})

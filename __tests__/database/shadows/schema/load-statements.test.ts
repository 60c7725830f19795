import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { makeDoor } from '../../../../src/database/open-session.js'
import { loadStatements } from '../../../../src/database/shadows/schema/load-statements.js'
import { aDatabase } from '../../../support/postgres/a-database.js'

const access = {
  databaseSource: 'a test',
  redact: (text: string) => text,
  run: { actor: 'ada', toolVersion: '0' },
}

describe('statements that are loaded', () => {
  it('are all done but those that the server refuses, wherever they stand', async () => {
    await using database = await aDatabase()
    await using session = await (await makeDoor(database.url, access)).open(() => {})
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('good', 'bad', 'broken'), { maxLength: 60 }),
        async (kinds) => {
          const schema = `s${run++}`
          const sqlOf = { good: 'CREATE TABLE', bad: 'CREATE TABLE nowhere.x; --', broken: 'CREATE TABEL' }
          const statements = kinds.map((kind, n) => `${sqlOf[kind]} ${schema}.t${n} ()`)
          await database.query(`CREATE SCHEMA ${schema}`)
          const refused = await loadStatements(session, statements)
          expect(refused.map(({ sql }) => sql)).toEqual(statements.filter((_, n) => kinds[n] !== 'good'))
          const made = await database.query<{ relname: string }>(
            `SELECT relname FROM pg_class WHERE relnamespace = '${schema}'::regnamespace`,
          )
          expect(made.map(({ relname }) => relname).sort()).toEqual(
            kinds.flatMap((kind, n) => (kind === 'good' ? [`t${n}`] : [])).sort(),
          )
        },
      ),
      { numRuns: 15 },
    )
  })

  it('keep what the session is set to, though messages before were refused', async () => {
    await using database = await aDatabase()
    await using session = await (await makeDoor(database.url, access)).open(() => {})
    const statements = ["SET search_path = 'kept'", 'CREATE SCHEMA kept', 'nonsense', 'CREATE TABLE t ()']
    expect(await loadStatements(session, statements)).toHaveLength(1)
    expect(await database.query("SELECT 1 FROM pg_tables WHERE schemaname = 'kept'")).toHaveLength(1)
  })
})

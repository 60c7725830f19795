import { randomBytes } from 'node:crypto'
import { expect, it } from '@jest/globals'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor, type Major } from '../support/postgres/major.js'
import { aMigrator } from './a-migrator.js'

/** The URL of a database whose encoding knows no characters; gone at the end. */
async function anAsciiDatabase(major: Major): Promise<AsyncDisposable & { readonly url: string }> {
  const beside: TestDatabase = await aDatabase({ major })
  const name = `ascii_${randomBytes(6).toString('hex')}`
  await beside.query(
    `create database ${name} template template0 encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C'`,
  )
  const url = new URL(beside.url)
  url.pathname = `/${name}`
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      await beside.query(`drop database ${name} with (force)`)
      await beside[Symbol.asyncDispose]()
    },
  }
}

const COMMENT = '-- Prüfung: ÄÖÜ für die Größe der Übergabe 漢字 😀\n'
const LINES = 'select 1;\nselect 2; -- a line\nselect 3; -- another line\nselect 4;\n'

eachMajor('a database in SQL_ASCII', (major) => {
  it.each([
    ['file', {}],
    ['file, outside a transaction', { transaction: 'none' }],
    ['rehearsal', { rehearse: 'target' }],
  ] as const)('has an error of a %s told where it is, characters counted', async (_, given) => {
    await using database = await anAsciiDatabase(major)
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `create table a (n int);\n${COMMENT}${LINES}`,
      '02_b.sql': `${COMMENT}select 'ü', nope from a;\n${LINES}`,
    })
    const report = await migrator.run('migrate', { given: { rehearse: 'off', ...given } })
    const [, outcome] = report.outcomes
    const { failure } = outcome?.failure ? outcome : (report.rehearsal[1] ?? {})
    expect(failure).toMatchObject({ code: '42703', position: { line: 2, column: 13 }, statement: 1 })
  })
})

import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { scanScript } from '../../src/sql/scan-script.js'
import { aSession, sent } from '../database/a-session.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { anExecutableScript } from './a-script.js'

eachMajor('the scanner', (major) => {
  it('counts the statements that the server carries out', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    await sent(session, 'create table t (a text)')
    let counted = 0
    await fc.assert(
      fc.asyncProperty(anExecutableScript, async (text) => {
        const { error, completed } = await session.send(`BEGIN;\n${text}\n;ROLLBACK;`)
        expect([text, error]).toEqual([text, undefined])
        expect([text, [...scanScript(text)].length]).toEqual([text, completed - 2])
        counted += completed - 2
      }),
      { numRuns: 300 },
    )
    expect(counted).toBeGreaterThan(300)
  })
})

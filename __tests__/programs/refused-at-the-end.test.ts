import { expect, it } from '@jest/globals'
import { makeAnnotations } from '../../src/render/annotations.js'
import { makeHeadline } from '../../src/render/headline.js'
import { aRole } from '../database/schema/a-recorded-schema.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, verdict } from './a-migrator.js'

const asWritten = (text: string) => text

eachMajor('a role that a migration keeps from logging in', (major) => {
  it('is told as what kept history from being read again, and not waited for', async () => {
    await using database = await aDatabase({ major })
    const url = new URL(database.url)
    await using role = await aRole(database, `SUPERUSER LOGIN PASSWORD '${url.password}'`)
    url.username = role.name.slice(1, -1)
    await using migrator = await aMigrator(url.href, {
      '01_a.sql': 'create table a (n int);',
      '02_b.sql': `alter role ${role.name} nologin;`,
    })
    const started = Date.now()
    const report = await migrator.run('migrate')
    // A server that is away is waited for a minute.
    expect(Date.now() - started).toBeLessThan(50_000)
    expect(verdict(report)).toBe('1 unknown: 01 unknown, 02 unknown')
    const why = `role ${role.name} is not permitted to log in`
    expect(report.outcomes.map(({ failure }) => failure?.message)).toEqual(
      Array.from({ length: 2 }, () =>
        expect.stringMatching(new RegExp(`^applied as far as .* could not be read again: .*${why}$`)),
      ),
    )
    const { text } = makeHeadline(report, asWritten)
    expect(text).toMatch(/^Nothing confirms on test .*that 2 migrations are applied: applied as far as /)
    expect(text).toContain(why)
    expect(makeAnnotations(report).filter(({ message }) => message.includes(why))).toHaveLength(1)
    const waited = migrator.events.filter(
      (event) => event.kind === 'note' && event.message.includes('is tried for a while'),
    )
    expect(waited).toEqual([{ kind: 'note', message: expect.stringContaining(why) }])

    await database.query(`alter role ${role.name} login`)
    expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')
  })
})

import { expect, it } from '@jest/globals'
import { renderSummary } from '../../src/render/summary.js'
import { renderTerminal } from '../../src/render/terminal.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator } from './a-migrator.js'

eachMajor('a connection with the rights of another role than its user', (major) => {
  it('shows both, where the tables can not be made, where they can not be read, and as the target', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a ();' })
    const user = new URL(database.url).username
    const options = encodeURIComponent('-c role=pg_monitor')
    const variables = { DATABASE_URL: `${database.url}?options=${options}` }
    const both = `${user} with the role pg_monitor`
    const first = await migrator.run('migrate', { given: { rehearse: 'off' }, variables })
    expect(first.problems[0]?.message).toMatch(
      new RegExp(
        `^The tracking tables devflow.schema_migrations can not be created or upgraded as ${both}: permission denied`,
      ),
    )
    expect(renderTerminal(first, { color: false })).toMatch(
      new RegExp(`Target .*${user}@\\S+ with the role pg_monitor, TLS`),
    )
    expect(renderSummary(first)).toContain(`as \`${user}\` with the role \`pg_monitor\``)
    await migrator.run('migrate', { given: { rehearse: 'off' } })
    const second = await migrator.run('status', { variables })
    expect(second.problems[0]?.message).toMatch(
      new RegExp(`^The history in devflow.schema_migrations can not be read as ${both}: permission denied`),
    )
  })

  it('is shown as the user alone where the rights are its own', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url)
    const report = await migrator.run('status')
    expect(renderTerminal(report, { color: false })).not.toContain('with the role')
  })
})

import { describe, expect, it } from '@jest/globals'
import { lockKey } from '../../../src/database/lock-key.js'
import { isOf, judgeAhead } from '../../../src/programs/judging/judge-ahead.js'
import { aJudging } from '../../rules/lint.js'
import { aMigration, aTarget } from '../../support/builders.js'
import { aClient } from '../../support/postgres/a-client.js'
import { aDatabase } from '../../support/postgres/a-database.js'
import { until } from '../../support/until.js'
import { aMigrator, verdict } from '../a-migrator.js'

const config = { judging: aJudging(), hide: () => [], allowOutOfOrder: false }
const given = { rehearse: 'off' }
const tracking = { schema: 'devflow', table: 'schema_migrations' }
const fresh = aTarget({ tracking: { ...tracking, version: 'absent' } })
const files = ['01_a', '02_b'].map((name) =>
  aMigration({ name: `${name}.sql`, version: name.slice(0, 2), text: `drop table ${name.slice(3)};` }),
)

describe('what a target without history has pending', () => {
  it('is judged before it is known to be pending, as it would be then', async () => {
    const ahead = await judgeAhead(config, files, fresh)
    expect(ahead?.judged.findings.map(({ rule }) => rule)).toEqual(['drop-table', 'drop-table'])
    expect(ahead?.pending.map(({ name }) => name)).toEqual(['01_a.sql', '02_b.sql'])
    expect(ahead && isOf(ahead, files, fresh)).toBe(true)
  })

  it('is judged again where something else is pending, or on a target that is no longer so', async () => {
    const ahead = await judgeAhead(config, files, fresh)
    if (ahead === undefined) throw new Error('nothing was judged')
    expect(isOf(ahead, files.slice(1), fresh)).toBe(false)
    expect(isOf(ahead, [...files].reverse(), fresh)).toBe(false)
    expect(isOf(ahead, files, { ...fresh, serverMajor: fresh.serverMajor - 1 })).toBe(false)
    expect(isOf(ahead, files, { ...fresh, tracking: { ...tracking, version: 4 } })).toBe(false)
  })

  it('is left where it would take long, and where there is a history', async () => {
    const many = Array.from({ length: 1_001 }, (_, n) => aMigration({ name: `${n}_a.sql`, version: `${n}` }))
    const large = [aMigration({ text: ' '.repeat(1024 * 1024 + 1) })]
    expect(await judgeAhead(config, many, fresh)).toBeUndefined()
    expect(await judgeAhead(config, large, fresh)).toBeUndefined()
    expect(
      await judgeAhead(config, files, aTarget({ tracking: { ...tracking, version: 4 } })),
    ).toBeUndefined()
  })

  it('does not fail ahead of the run', async () => {
    expect(await judgeAhead({ ...config, only: '09' }, files, fresh)).toBeUndefined()
  })
})

it('a run that waits while another one makes the tables applies what is left', async () => {
  await using database = await aDatabase()
  await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a ();' })
  await migrator.run('migrate', { given })
  await migrator.write('02_b.sql', 'create table b ();')
  // As it was before: the first run's tables come to be while the second one waits.
  await database.query('alter schema devflow rename to hidden')
  await using holder = await aClient(database.url)
  const [row] = await database.query<{ name: string }>('select current_database() as name')
  await holder.query(`select pg_advisory_lock(${lockKey(row?.name ?? '', tracking)})`)
  const run = migrator.run('migrate', { given })
  await until(async () => migrator.events.some(({ kind }) => kind === 'waiting-for-lock'))
  await database.query('alter schema hidden rename to devflow')
  await holder.query('select pg_advisory_unlock_all()')
  expect(verdict(await run)).toBe('0 applied: 02 applied')
})

import { expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../src/model/progress.js'
import { aMigrator, verdict } from '../programs/a-migrator.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aRestartableServer } from './a-restartable-server.js'
import { letGo, WAITS } from './let-go.js'

/** The program is the server's own child: it ends the process that started it, as a fault in that would. */
const CRASHES = `do $$ begin execute format('copy (select 1) to program %L', 'kill -9 $PPID'); end $$;`

const off = { rehearse: 'off' }

const begun = (events: readonly ProgressEvent[], name: string) =>
  events.filter((event) => event.kind === 'applying' && event.name === name)

eachMajor('a file that makes the server crash', (major) => {
  it('does so twice at most, and is told to', async () => {
    await using server = await aRestartableServer(major)
    await using migrator = await aMigrator(server.url, { '01_a.sql': 'create table a (n int);' })
    await migrator.run('migrate', { given: off })
    await migrator.write('02_b.sql', `insert into a values (2);\n${CRASHES}`)
    await migrator.write('03_c.sql', 'insert into a values (3);')
    const report = await migrator.run('migrate', { given: off })
    expect(verdict(report)).toBe('1 failed: 02 failed, 03 not-run')
    expect(begun(migrator.events, '02_b.sql')).toHaveLength(2)
    expect(report.outcomes[0]?.failure).toMatchObject({
      code: 'server-crashed',
      message: expect.stringMatching(
        /^the file seems to make the server crash: the connection was lost while 02_b\.sql was being applied: .* \(2 times\)$/,
      ),
      hint: expect.stringContaining('log of the server'),
    })
    expect(await server.query('select n from a')).toEqual([])
  })

  it('is not one that was at work when another session made it crash, or when it was restarted', async () => {
    await using server = await aRestartableServer(major)
    await using migrator = await aMigrator(server.url, { '01_a.sql': 'create table a (n int);' })
    await migrator.run('migrate', { given: off })
    await migrator.write('02_b.sql', `insert into a values (2);\n${WAITS}`)
    const running = migrator.run('migrate', { given: off })
    for (const times of [1, 2]) {
      await until(async () => begun(migrator.events, '02_b.sql').length === times)
      if (times === 1) await server.query(CRASHES).catch(() => {})
      else await server.restart()
    }
    await using _going = await letGo(server)
    expect(verdict(await running)).toBe('0 applied: 02 applied')
    expect(await server.query('select n from a')).toEqual([{ n: 2 }])
  })

  it('is not one whose server was restarted twice in the same statement of it', async () => {
    await using server = await aRestartableServer(major)
    await using migrator = await aMigrator(server.url, { '01_a.sql': 'create table a (n int);' })
    await migrator.run('migrate', { given: off })
    await migrator.write('02_b.sql', `insert into a values (2);\n${WAITS}`)
    const running = migrator.run('migrate', { given: off })
    for (const times of [1, 2]) {
      await until(async () => begun(migrator.events, '02_b.sql').length === times)
      await server.restart()
    }
    await using _going = await letGo(server)
    expect(verdict(await running)).toBe('0 applied: 02 applied')
  })
})

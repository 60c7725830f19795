import { describe, expect, it } from '@jest/globals'
import { replaySettings } from '../../src/sql/replay-settings.js'
import { aRunnable } from '../executors/sql/a-work.js'

const replayed = async (text: string, done?: number) => {
  const migration = await aRunnable('01_a.sql', `-- devflow:no-transaction\n${text}`)
  return replaySettings(migration, { done: done ?? migration.statements?.length ?? 0, digest: '' })
    .split('\n;')
    .map((sql) => sql.trim())
    .filter(Boolean)
}

describe('the settings of a lost session', () => {
  it('are made again, each as it was set last, in order', async () => {
    expect(
      await replayed(
        `set role a; select 1; set search_path = x; set local work_mem = '1MB'; set role b; reset search_path; select set_config('a.b', 'c', false);`,
      ),
    ).toEqual(['set role b', 'reset search_path', `select set_config('a.b', 'c', false)`])
  })

  it('are those of the statements that are done only', async () => {
    expect(await replayed('set role a; set role b;', 1)).toEqual(['set role a'])
  })

  it('are those of the journal, and by their text only those that it does not keep', async () => {
    const migration = await aRunnable(
      '01_a.sql',
      `-- devflow:no-transaction\nset role a; set search_path = x; set app.tenant = 'm'; set lock_timeout = '1s'; load 'x';`,
    )
    const session = { search_path: 'y', role: 'b' }
    const sql = replaySettings(migration, { done: 5, digest: '', session })
    expect(sql.slice(0, sql.indexOf('DO $devflow$'))).toBe(
      `set app.tenant = 'm'\n;\nset lock_timeout = '1s'\n;\nload 'x'\n;\n`,
    )
    expect(sql).not.toMatch(/set (role|search_path)/)
    expect(replaySettings(migration, { done: 0, digest: '', session })).toBe('')
  })

  it('are not those that were rolled back', async () => {
    expect(
      await replayed(
        'begin; set role a; rollback; begin; set role b; commit; begin read only; set role c; commit;',
      ),
    ).toEqual(['set role c'])
  })
})

import { describe, expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { aCountingProxy } from './a-counting-proxy.js'
import { aMigrator } from './a-migrator.js'

/** Each with a table and an index, the first with the number given. */
function files(count: number, first = 1): Record<string, string> {
  const numbers = Array.from({ length: count }, (_, index) => first + index)
  return Object.fromEntries(
    numbers.map((n) => [
      `${String(n).padStart(4, '0')}_t.sql`,
      `create table t${n} (n int);\ncreate index t${n}_n on t${n} (n);\n`,
    ]),
  )
}

/** Each with a table, and rows for it. */
function copying(count: number, first = 1): Record<string, string> {
  const numbers = Array.from({ length: count }, (_, index) => first + index)
  return Object.fromEntries(
    numbers.map((n) => [
      `${String(n).padStart(4, '0')}_t.sql`,
      `create table t${n} (n int);\ncopy t${n} from stdin;\n1\n2\n\\.\n`,
    ]),
  )
}

const sizes = [1, 100, 300]
const off = { given: { rehearse: 'off' } }

describe('the number of times that we wait for the network', () => {
  it.each(sizes)('is at most 8 for %i files, on an empty database and on one in use', async (count) => {
    await using database = await aDatabase()
    await using proxy = await aCountingProxy(database.url)
    await using migrator = await aMigrator(proxy.url, files(count))
    const first = await migrator.run('migrate', off)
    expect(first.outcomes.filter(({ state }) => state === 'applied')).toHaveLength(count)
    expect(proxy.turns()).toBeLessThanOrEqual(8)
    for (const [name, sql] of Object.entries(files(count, 1001))) await migrator.write(name, sql)
    const second = await migrator.run('migrate', off)
    expect(second.outcomes.filter(({ state }) => state === 'applied')).toHaveLength(count)
    expect(proxy.turns()).toBeLessThanOrEqual(8)
    expect(await tables(database.query)).toBe(2 * count)
  })

  it.each(sizes)('is at most 12 for %i files that are rehearsed before', async (count) => {
    await using database = await aDatabase()
    await using proxy = await aCountingProxy(database.url)
    await using migrator = await aMigrator(proxy.url, files(count))
    const report = await migrator.run('migrate')
    expect(report.rehearsal.filter(({ state }) => state === 'rehearsed')).toHaveLength(count)
    expect(report.outcomes.filter(({ state }) => state === 'applied')).toHaveLength(count)
    expect(proxy.turns()).toBeLessThanOrEqual(12)
    expect(await tables(database.query)).toBe(count)
  })

  it.each([{}, { transaction: 'all' }])(
    'is as low for 100 files with rows of COPY, in a transaction each and in one for all (%j)',
    async (given) => {
      await using database = await aDatabase()
      await using proxy = await aCountingProxy(database.url)
      await using migrator = await aMigrator(proxy.url, copying(100))
      const first = await migrator.run('migrate', { given: { ...off.given, ...given } })
      expect(first.outcomes.filter(({ state }) => state === 'applied')).toHaveLength(100)
      expect(proxy.turns()).toBeLessThanOrEqual(8)
      for (const [name, sql] of Object.entries(copying(100, 1001))) await migrator.write(name, sql)
      const second = await migrator.run('migrate', { given })
      expect(second.rehearsal.filter(({ state }) => state === 'rehearsed')).toHaveLength(100)
      expect(second.outcomes.filter(({ state }) => state === 'applied')).toHaveLength(100)
      expect(proxy.turns()).toBeLessThanOrEqual(12)
      expect(await tables(database.query)).toBe(200)
    },
  )

  it('is one more at most for each further 8 MB, however the files come to that', async () => {
    await using database = await aDatabase()
    await using proxy = await aCountingProxy(database.url)
    const filler = `-- ${'x'.repeat(97)}\n`.repeat(530)
    const large = Object.entries(files(10)).map(([name, sql]) => [name, filler + sql])
    await using migrator = await aMigrator(proxy.url, Object.fromEntries(large))
    // A hundredth of it: ten files of 53 kB, of which two are more than one message is to have.
    const report = await migrator.run('migrate', { ...off, system: { messageBytes: 100_000 } })
    expect(report.outcomes.filter(({ state }) => state === 'applied')).toHaveLength(10)
    expect(proxy.turns()).toBeLessThanOrEqual(8 + Math.ceil((10 * filler.length - 100_000) / 100_000))
  })

  it.each(['migrate', 'status', 'plan', 'dry-run'])(
    'is at most 4 for %s with nothing to do',
    async (command) => {
      await using database = await aDatabase()
      await using proxy = await aCountingProxy(database.url)
      await using migrator = await aMigrator(proxy.url, files(3))
      await migrator.run('migrate')
      proxy.turns()
      const report = await migrator.run(command)
      expect(report.ready).toBe(true)
      expect(proxy.turns()).toBeLessThanOrEqual(4)
    },
  )

  it('grows with what is sent twice: the proxy sees it', async () => {
    await using database = await aDatabase()
    await using proxy = await aCountingProxy(database.url)
    await using migrator = await aMigrator(proxy.url, files(1))
    await migrator.run('status')
    const once = proxy.turns()
    await migrator.run('status')
    await migrator.run('status')
    expect(once).toBeGreaterThan(1)
    expect(proxy.turns()).toBe(2 * once)
  })
})

async function tables(query: (sql: string) => Promise<Record<string, unknown>[]>): Promise<unknown> {
  const [row] = await query(`select count(*)::int as n from pg_tables where schemaname = 'public'`)
  return row?.n
}

import { describe, expect, it } from '@jest/globals'
import { changeRecords } from '../../../src/database/history/change-records.js'
import { makeBookkeeping } from '../../../src/database/make-bookkeeping.js'
import { eventsQuery, parseEvents, parseRecords, recordsQuery } from '../../../src/database/read-history.js'
import { takeLock } from '../../../src/database/take-lock.js'
import type { RecordChange } from '../../../src/model/record-change.js'
import type { Reply } from '../../../src/model/session.js'
import { aDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { aSession, nowhere, onlyLock, sent, targetOf } from '../a-session.js'
import { aRecorder, migration, type Recorder, readAll, writer } from './a-recorder.js'

const present = { ...nowhere, version: 4 }

function aChange(overrides: Partial<RecordChange> = {}): RecordChange {
  return {
    version: '01',
    expected: 'absent',
    becomes: { name: '01_users.sql', checksum: 'sha256:ab', status: 'completed' },
    told: {
      event: 'baselined',
      action: 'baseline',
      status: 'success',
      name: '01_users.sql',
      checksum: 'sha256:ab',
      detail: 'it was there before',
    },
    ...overrides,
  }
}

const completed = { status: 'completed', checksum: 'sha256:ab' } as const
const reverted: RecordChange = aChange({
  expected: completed,
  becomes: { name: '01_users.sql', checksum: 'sha256:ab', status: 'rolled_back', keepsRun: true },
  told: { event: 'repaired', action: 'repair', status: 'success', detail: "it's gone" },
})

async function change({ session, target, books }: Recorder, ...changes: RecordChange[]): Promise<Reply> {
  const reply = await session.send(changeRecords(target, writer, books, changes))
  if (reply.error) await session.send('ROLLBACK')
  return reply
}

async function records({ session }: Recorder) {
  return parseRecords(await sent(session, recordsQuery(present)))
}

async function events({ session }: Recorder) {
  const read = parseEvents(await sent(session, eventsQuery(present, 20)))
  return read.reverse().map(({ event, action, version, detail }) => ({ event, action, version, detail }))
}

eachMajor('rows that are written outside of migrations', (major) => {
  it('are inserted, changed and taken away with an event each, in a chain that stays sound', async () => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    const second = aChange({
      version: '02',
      becomes: {
        name: '02_orders.sql',
        checksum: 'sha256:cd',
        status: 'completed',
        appliedAt: '2026-01-20T10:30:00.125Z',
        executionTimeMs: 41.6,
        appliedBy: "o'hara",
      },
      told: { event: 'adopted', action: 'adopt', status: 'success', checksum: 'sha256:cd' },
    })
    expect((await change(recorder, aChange(), second)).error).toBeUndefined()
    expect(await records(recorder)).toMatchObject([
      { version: '02', appliedAt: '2026-01-20T10:30:00.125Z', executionTimeMs: 42, appliedBy: "o'hara" },
      { version: '01', status: 'completed', appliedBy: 'octocat', executionTimeMs: null, ours: true },
    ])

    const before = (await records(recorder)).find(({ version }) => version === '01')
    const gone = aChange({
      version: '02',
      expected: { status: 'completed', checksum: 'sha256:cd' },
      becomes: 'gone',
      told: { event: 'repaired', action: 'repair', status: 'success' },
    })
    expect((await change(recorder, reverted, gone)).error).toBeUndefined()
    expect(await records(recorder)).toEqual([{ ...before, status: 'rolled_back' }])
    expect(await events(recorder)).toEqual([
      { event: 'anchor', action: 'anchor', version: '', detail: null },
      { event: 'baselined', action: 'baseline', version: '01', detail: 'it was there before' },
      { event: 'adopted', action: 'adopt', version: '02', detail: null },
      { event: 'repaired', action: 'repair', version: '01', detail: "it's gone" },
      { event: 'repaired', action: 'repair', version: '02', detail: null },
    ])
    expect(await readAll(recorder.session, recorder.target)).toMatchObject({ verdict: { kind: 'sound' } })
  })

  it('are written all or none, where one is not as it was read', async () => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    await change(recorder, aChange())
    const other = { ...reverted, expected: { ...completed, checksum: 'sha256:other' } }
    const running = { ...reverted, expected: { ...completed, status: 'running' as const } }
    for (const stale of [aChange(), other, running]) {
      const reply = await change(recorder, aChange({ version: '09' }), stale)
      expect(reply.error).toMatchObject({
        code: 'DF001',
        message: expect.stringContaining('the record of migration 01 is not as it was read'),
      })
    }
    expect((await records(recorder)).map(({ version, status }) => `${version} ${status}`)).toEqual([
      '01 completed',
    ])
    expect(await events(recorder)).toHaveLength(2)
  })

  it('make the tables where there are none, and are not written without the lock', async () => {
    await using database = await aDatabase({ major })
    const target = targetOf(database)
    await using session = await aSession(database.url)
    const books = makeBookkeeping(target, writer, false)
    const message = changeRecords(target, writer, books, [aChange()])
    expect((await session.send(message)).error).toMatchObject({ code: 'DF002' })
    await session.send('ROLLBACK')
    await takeLock(session, target, onlyLock)
    expect((await session.send(message)).error).toBeUndefined()
    expect(parseRecords(await sent(session, recordsQuery(present)))).toMatchObject([{ version: '01' }])
  })
})

describe('a version that is marked as reverted', () => {
  it('is missed in the chain when its row is set back by hand', async () => {
    await using database = await aDatabase({ major: 18 })
    await using recorder = await aRecorder(database.url)
    await recorder.record(recorder.books.start(migration) + recorder.books.complete(migration))
    await change(recorder, reverted)
    await recorder.record("UPDATE devflow.schema_migrations SET status = 'completed';")
    expect(await readAll(recorder.session, recorder.target)).toMatchObject({
      verdict: { kind: 'broken', fault: 'end-missing', version: '01' },
    })
  })
})

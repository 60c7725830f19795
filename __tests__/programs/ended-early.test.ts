import { describe, expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../src/model/progress.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, type Migrator, verdict } from './a-migrator.js'

const FILES = {
  '01_a.sql': 'create table a (n int);\n-- migrate:down\ndrop table a;',
  '02_b.sql': 'create table b (n int);\ncreate index on a (n);\n-- migrate:down\ndrop table b;',
}

/** Runs, and asks the run to end as soon as something is told of. */
async function endAt(
  migrator: Migrator,
  command: string,
  isMoment: (event: ProgressEvent) => boolean,
  given: Readonly<Record<string, string>> = {},
) {
  const controller = new AbortController()
  const after: string[] = []
  const observe = (event: ProgressEvent) => {
    if (controller.signal.aborted) after.push(event.kind === 'stage' ? event.stage : event.kind)
    if (isMoment(event)) controller.abort('SIGTERM')
  }
  const report = await migrator.run(command, { given, system: { observe, signal: controller.signal } })
  return { report, after }
}

const reads = (event: ProgressEvent) => event.kind === 'stage' && event.stage === 'validate'
const plans = (event: ProgressEvent) => event.kind === 'stage' && event.stage === 'plan'

eachMajor('a run that is asked to end while it judges files', (major) => {
  it.each(['plan', 'dry-run', 'migrate'])('ends in order, plans and sends nothing: %s', async (command) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, FILES)
    const { report, after } = await endAt(migrator, command, plans)
    expect([verdict(report), report.endedBy, report.ready]).toEqual(['143 cancelled', 'SIGTERM', false])
    expect(report.problems).toEqual([])
    expect(after).toEqual([])
    expect(await database.query(`select to_regclass('a') as a, to_regnamespace('devflow') as ours`)).toEqual([
      { a: null, ours: null },
    ])
  })

  it('or what a rehearsal would do, rehearses nothing', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, FILES)
    const rehearses = (event: ProgressEvent) => event.kind === 'stage' && event.stage === 'rehearse'
    const { report, after } = await endAt(migrator, 'dry-run', rehearses)
    expect([verdict(report), report.rehearsal]).toEqual(['143 cancelled', []])
    expect(after).toEqual([])
  })

  it('undoes nothing, and does not say what would be undone', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, FILES)
    expect((await migrator.run('migrate')).status).toBe('applied')
    for (const dry of ['true', 'false']) {
      const given = { steps: '2', 'dry-run': dry }
      const { report } = await endAt(migrator, 'rollback', ({ kind }) => kind === 'connected', given)
      expect([report.exitCode, report.status, report.endedBy]).toEqual([143, 'cancelled', 'SIGTERM'])
    }
    expect(await database.query(`select to_regclass('b') is not null as b`)).toEqual([{ b: true }])
  })
})

describe('a run that is asked to end while it reads files', () => {
  it.each(['validate', 'plan', 'migrate'])(
    'goes no further, and connects to nothing: %s',
    async (command) => {
      await using migrator = await aMigrator('postgres://nobody@127.0.0.1:1/none', FILES)
      const { report, after } = await endAt(migrator, command, reads)
      expect([verdict(report), report.endedBy, report.findings, report.problems]).toEqual([
        '143 cancelled',
        'SIGTERM',
        [],
        [],
      ])
      expect(after).toEqual([])
    },
  )

  it('or before it does, does nothing', async () => {
    await using migrator = await aMigrator('postgres://nobody@127.0.0.1:1/none', FILES)
    const report = await migrator.run('validate', { system: { signal: AbortSignal.abort('SIGINT') } })
    expect([verdict(report), report.fileCount]).toEqual(['130 cancelled', 0])
    expect(migrator.events.map(({ kind }) => kind)).toEqual(['configured'])
  })
})

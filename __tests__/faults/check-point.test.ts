import { describe, expect, it } from '@jest/globals'
import { checkPoint, type Point, type RunSeen } from './check-point.js'
import type { ScenarioFile } from './scenario.js'
import type { Snapshot } from './snapshot.js'

const files: ScenarioFile[] = ['01', '02'].map((version) => ({
  version,
  name: `${version}_file.sql`,
  sql: '',
  atomic: true,
  ends: 'applied',
  effects: ['probe', 'table'],
}))

const done = aSnapshot({ '01': 'completed', '02': 'completed' })
const half = aSnapshot({ '01': 'completed' })

/** A run that was cut after the first file, and one that did the rest. */
function aPoint(overrides: Partial<Point> = {}): Point {
  return {
    files,
    checksums: { '01': 'sha256:01', '02': 'sha256:02' },
    fired: true,
    applies: true,
    transient: true,
    reachable: true,
    wallLimitMs: 1_000,
    first: aRun({ exitCode: 1, states: { '01': 'applied', '02': 'not-run' } }),
    afterFirst: half,
    second: aRun({ states: { '02': 'applied' } }),
    afterSecond: done,
    ...overrides,
  }
}

function aRun(overrides: Partial<RunSeen> = {}): RunSeen {
  return { exitCode: 0, states: {}, ready: (overrides.exitCode ?? 0) === 0, wallMs: 10, ...overrides }
}

/** With the effects that the records promise. */
function aSnapshot(statuses: Readonly<Record<string, string>>, overrides: Partial<Snapshot> = {}): Snapshot {
  const isDone = (version: string) => (statuses[version] === 'completed' ? 1 : 0)
  return {
    effects: Object.fromEntries(files.map(({ version }) => [version, [isDone(version), isDone(version)]])),
    records: Object.entries(statuses).map(([version, status]) => ({
      version,
      status,
      checksum: `sha256:${version}`,
    })),
    applied: Object.fromEntries(
      Object.keys(statuses)
        .filter((version) => isDone(version) === 1)
        .map((version) => [version, 1]),
    ),
    begun: 0,
    invalidIndexes: [],
    advisoryLocks: 0,
    sessions: [],
    shadows: [],
    state: '',
    ...overrides,
  }
}

const kindsOf = (point: Point) => [...new Set(checkPoint(point).map(({ kind }) => kind))]

/** The first snapshot with one thing planted in it. */
const planted = (overrides: Partial<Snapshot>) => aPoint({ afterFirst: { ...half, ...overrides } })

/** Files outside a transaction, where the first run says so of them and has recorded that. */
function told(
  states: RunSeen['states'] & {},
  statuses: Readonly<Record<string, string>>,
  run: Partial<RunSeen> = {},
  asked?: Point['asked'],
): Point {
  const outside = files.map((file) => ({ ...file, atomic: false }))
  const afterFirst = aSnapshot({ '01': 'completed', ...statuses })
  const first = aRun({ exitCode: 1, states, ...run })
  return aPoint({ files: outside, first, afterFirst, transient: false, asked })
}

/** A run that was asked to end after the first file. */
function ended(run: Partial<RunSeen>): Point {
  const first = aRun({ states: { '01': 'applied', '02': 'not-run' }, ...run })
  return aPoint({ first, transient: false, asked: 'SIGTERM' })
}

describe('the checker', () => {
  it('has nothing against a run that was cut and told the truth', () => {
    expect(checkPoint(aPoint())).toEqual([])
  })

  it('has nothing against a run that got over it', () => {
    const first = aRun({ states: { '01': 'applied', '02': 'applied' } })
    expect(checkPoint(aPoint({ first, afterFirst: done, second: aRun() }))).toEqual([])
  })

  it('has nothing against a dry run that left nothing, nor against a shadow that only a later run can drop', () => {
    const nothing = aSnapshot({}, { effects: { '01': [0, 0], '02': [0, 0] } })
    const second = aRun({ states: { '01': 'applied', '02': 'applied' } })
    const dry = { applies: false, second, first: aRun({ ready: false }) }
    expect(checkPoint(aPoint({ ...dry, afterFirst: nothing }))).toEqual([])
    const killed = { ...nothing, shadows: ['devflow_shadow_1'] }
    expect(
      checkPoint(
        aPoint({ ...dry, first: { exitCode: null, wallMs: 9 }, transient: false, afterFirst: killed }),
      ),
    ).toEqual([])
  })

  it('has nothing against a file that is meant to fail', () => {
    const failing = files.map(
      (file) => ({ ...file, ends: file.version === '02' ? 'failed' : 'applied' }) as const,
    )
    const run = aRun({ exitCode: 1, states: { '01': 'applied', '02': 'failed' } })
    const left = aSnapshot({ '01': 'completed', '02': 'failed' })
    const second = aRun({ exitCode: 1, states: { '02': 'failed' } })
    expect(
      checkPoint(aPoint({ files: failing, first: run, afterFirst: left, second, afterSecond: left })),
    ).toEqual([])
  })

  it.each<[string, Point, string]>([
    ['a fault that did not happen', aPoint({ fired: false }), 'not-fired'],
    ['an effect that is there twice', planted({ effects: { '01': [2, 1], '02': [0, 0] } }), 'twice'],
    ['half of a file', planted({ effects: { '01': [1, 1], '02': [1, 0] } }), 'misrecorded'],
    [
      'a file that is done and not recorded',
      planted({ effects: { '01': [1, 1], '02': [1, 1] } }),
      'misrecorded',
    ],
    ['a record without its effect', planted({ effects: { '01': [0, 0], '02': [0, 0] } }), 'misrecorded'],
    [
      'a record with another checksum',
      planted({ records: [{ version: '01', status: 'completed', checksum: 'sha256:else' }] }),
      'misrecorded',
    ],
    ['a history that tells of it twice', planted({ applied: { '01': 2 } }), 'misrecorded'],
    ['a history that tells nothing of it', planted({ applied: {} }), 'misrecorded'],
    ['a beginning that nobody approved', planted({ begun: 1 }), 'misrecorded'],
    ['an approved run that did not tell that it began', aPoint({ approved: true }), 'misrecorded'],
    ['a run that told twice that it began', { ...planted({ begun: 2 }), approved: true }, 'misrecorded'],
    ['a lock that is held on', planted({ advisoryLocks: 1 }), 'stuck'],
    ['a session that stays', planted({ sessions: ['idle in transaction: INSERT'] }), 'stuck'],
    ['a run that does not end', aPoint({ first: aRun({ exitCode: null, wallMs: 60_000 }) }), 'stuck'],
    [
      'a claim to have applied',
      aPoint({ first: aRun({ exitCode: 1, states: { '02': 'applied' } }) }),
      'false-claim',
    ],
    [
      'a claim to have failed',
      aPoint({ first: aRun({ exitCode: 1, states: { '01': 'failed', '02': 'not-run' } }) }),
      'false-claim',
    ],
    ['a success that is none', aPoint({ first: aRun({ states: { '01': 'applied' } }) }), 'false-claim'],
    ['a readiness that is none', aPoint({ first: aRun({ exitCode: 1, ready: true }) }), 'false-claim'],
    ['a run that did more than it tells', aPoint({ first: aRun({ exitCode: 1 }) }), 'false-claim'],
    [
      'a failure although all is done',
      aPoint({
        first: aRun({ exitCode: 1, states: { '01': 'applied', '02': 'unknown' } }),
        afterFirst: done,
        second: aRun(),
      }),
      'false-claim',
    ],
    ['a file that is lost', aPoint({ afterSecond: half, second: aRun({ exitCode: 1 }) }), 'lost'],
    ['a second run that can not', aPoint({ second: aRun({ exitCode: 2 }) }), 'stuck'],
    [
      'a second run with something to do after a success',
      aPoint({ first: aRun({ states: { '01': 'applied', '02': 'applied' } }), afterFirst: done }),
      'twice',
    ],
    [
      'a dry run that recorded something',
      aPoint({ applies: false, first: aRun({}), afterFirst: aSnapshot({ '01': 'failed' }) }),
      'misrecorded',
    ],
    ['a dry run that did something', aPoint({ applies: false, first: aRun({}) }), 'misrecorded'],
    ['a shadow that the run could have dropped', planted({ shadows: ['devflow_shadow_1'] }), 'stuck'],
    [
      'a shadow that the next run does not drop',
      aPoint({
        transient: false,
        second: aRun({ rehearsed: { '02': 'rehearsed' }, states: { '02': 'applied' } }),
        afterSecond: { ...done, shadows: ['devflow_shadow_1'] },
      }),
      'stuck',
    ],
    [
      'a file told as not run that the run has begun',
      told({ '01': 'applied', '02': 'not-run' }, { '02': 'running' }),
      'false-claim',
    ],
    [
      'one told as not run that the run has recorded as done in part',
      told({ '01': 'applied', '02': 'not-run' }, { '02': 'partial' }),
      'false-claim',
    ],
    [
      'one told as not run that the run has recorded as failed, and that is not meant to fail',
      told({ '01': 'applied', '02': 'not-run' }, { '02': 'failed' }, { rehearsed: { '02': 'failed' } }),
      'false-claim',
    ],
    ['one that was begun and is not told of', told({ '01': 'applied' }, { '02': 'running' }), 'false-claim'],
    [
      'one told as rolled back that is recorded as under way',
      told({ '01': 'applied', '02': 'failed' }, { '02': 'running' }),
      'false-claim',
    ],
    [
      'one told as done in part of which nothing is there',
      told({ '01': 'applied', '02': 'partial' }, { '02': 'failed' }),
      'false-claim',
    ],
    [
      'one told as unknown that could be known',
      told({ '01': 'applied', '02': 'unknown' }, { '02': 'failed' }, {}, 'SIGTERM'),
      'false-claim',
    ],
    [
      'a second run that does not tell what it has begun',
      {
        ...told({ '01': 'applied', '02': 'not-run' }, {}),
        second: aRun({ exitCode: 1, states: { '02': 'not-run' } }),
        afterSecond: aSnapshot({ '01': 'completed', '02': 'running' }),
      },
      'false-claim',
    ],
    [
      'an exit code that does not say that the run was asked to end',
      ended({ exitCode: 1, status: 'failed' }),
      'false-claim',
    ],
    ['the exit code of another signal', ended({ exitCode: 130, status: 'cancelled' }), 'false-claim'],
    ['the status of a whole run', ended({ exitCode: 143, status: 'partial' }), 'false-claim'],
    [
      'the status of a run that was only cancelled, of one with something unknown',
      ended({ exitCode: 143, status: 'cancelled', states: { '01': 'applied', '02': 'unknown' } }),
      'false-claim',
    ],
    [
      'a run that was done and says that it was cancelled',
      {
        ...ended({ exitCode: 143, status: 'cancelled', states: { '01': 'applied', '02': 'applied' } }),
        afterFirst: done,
        second: aRun(),
      },
      'false-claim',
    ],
    [
      'a run that says that it was cancelled, and nobody has',
      { ...ended({ exitCode: 1, status: 'cancelled' }), asked: undefined },
      'false-claim',
    ],
    [
      'an index that stays INVALID',
      aPoint({ afterSecond: { ...done, invalidIndexes: ['public.t01_name'] } }),
      'misrecorded',
    ],
  ])('sees %s', (_what, point, kind) => {
    expect(kindsOf(point)).toContain(kind)
  })

  it('has nothing against a run that was asked to end and says how far it came', () => {
    expect(checkPoint(ended({ exitCode: 143, status: 'cancelled' }))).toEqual([])
    const all = { states: { '01': 'applied', '02': 'applied' }, status: 'applied' }
    const late = { ...ended({ exitCode: 0, ...all }), afterFirst: done, second: aRun() }
    expect(checkPoint(late)).toEqual([])
    // Two seconds are too short for a machine with much to do.
    const slow = {
      ...ended({ exitCode: 143, ...all, status: 'cancelled', wallMs: 4_000 }),
      wallLimitMs: 9_000,
    }
    expect(checkPoint({ ...slow, afterFirst: done, second: aRun() })).toEqual([])
    const unread = { states: { '01': 'applied', '02': 'unknown' }, status: 'unknown', wallMs: 4_000 }
    expect(checkPoint({ ...ended({ exitCode: 143, ...unread }), wallLimitMs: 9_000 })).toEqual([])
  })

  it('has nothing against one that was begun outside a transaction, and of which the next run finds out', () => {
    const states = { '01': 'applied', '02': 'unknown' }
    const run = { exitCode: 143, status: 'unknown' }
    expect(checkPoint(told(states, { '02': 'running' }, run, 'SIGTERM'))).toEqual([])
    const partly = told({ '01': 'applied', '02': 'partial' }, { '02': 'running' })
    expect(checkPoint(partly)).toEqual([])
  })

  it('has nothing against one that is meant to fail, and is recorded so by its rehearsal', () => {
    const failing = files.map(
      (file) => ({ ...file, ends: file.version === '02' ? 'failed' : 'applied' }) as const,
    )
    const run = aRun({ exitCode: 1, states: { '02': 'not-run' }, rehearsed: { '02': 'failed' } })
    const left = aSnapshot({ '01': 'completed', '02': 'failed' })
    expect(checkPoint(aPoint({ files: failing, second: run, afterSecond: left }))).toEqual([])
  })

  it('lets nobody who could not reach the server again be sure', () => {
    const unsure = aRun({ exitCode: 1, states: { '01': 'applied', '02': 'unknown' } })
    const away = { reachable: false, transient: false, first: unsure }
    expect(checkPoint(aPoint({ ...away, afterFirst: done, second: aRun() }))).toEqual([])
    expect(checkPoint(aPoint(away))).toEqual([])
  })

  it('lets a statement outside a transaction be done before its record, but never recorded without it', () => {
    const outside = files.map((file) => ({ ...file, atomic: false, effects: ['index'] }))
    const first = aRun({ exitCode: 1, states: { '01': 'applied', '02': 'unknown' } })
    const running = {
      ...aSnapshot({ '01': 'completed', '02': 'running' }),
      effects: { '01': [1], '02': [1] },
    }
    const all = { ...done, effects: { '01': [1], '02': [1] } }
    const point = aPoint({ files: outside, first, afterFirst: running, afterSecond: all, transient: false })
    expect(checkPoint(point)).toEqual([])
    const claimed = { ...done, effects: { '01': [1], '02': [0] } }
    expect(kindsOf({ ...point, afterFirst: claimed })).toContain('misrecorded')
  })
})

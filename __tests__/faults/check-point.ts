import { checkTold } from './check-told.js'
import type { ScenarioFile } from './scenario.js'
import type { Snapshot } from './snapshot.js'

/** How a run ended, as whoever started it sees it. */
export interface RunSeen {
  /** Null where a signal ended the process. */
  readonly exitCode: number | null
  /** What the report says of each planned file, by version. Undefined where there is no report. */
  readonly states?: Readonly<Record<string, string>>
  /** The same of its rehearsal. */
  readonly rehearsed?: Readonly<Record<string, string>>
  readonly ready?: boolean
  readonly status?: string
  /** From the fault on, where there was one. */
  readonly wallMs: number
  /** What else the report tells, for whoever reads of a violation. */
  readonly said?: string
}

/** One disturbed run, what it left, and an undisturbed one after it. */
export interface Point {
  readonly files: readonly ScenarioFile[]
  readonly checksums: Readonly<Record<string, string>>
  readonly fired: boolean
  /** The disturbed run was to apply the files; else it was a dry run. The one after it always is. */
  readonly applies: boolean
  /** See `Scenario.approved`. */
  readonly approved?: boolean
  /** The server can be reached again, and the lock be had. */
  readonly reachable: boolean
  /** So it is, and nobody asked the run to end: what happened can be known. */
  readonly transient: boolean
  /** By what somebody asked the run to end, so that it may fail although all is done. */
  readonly asked?: NodeJS.Signals | undefined
  readonly wallLimitMs: number
  readonly first: RunSeen
  readonly afterFirst: Snapshot
  readonly second: RunSeen
  readonly afterSecond: Snapshot
}

export interface Violation {
  readonly kind: 'twice' | 'lost' | 'misrecorded' | 'stuck' | 'false-claim' | 'not-fired'
  readonly what: string
}

/** What is wrong with one disturbed run. Empty where every promise held. */
export function checkPoint(point: Point): Violation[] {
  return [
    ...(point.fired ? [] : [violation('not-fired', 'the fault did not happen')]),
    ...checkSnapshot(point, point.afterFirst, 'after the first run'),
    ...checkSnapshot(point, point.afterSecond, 'after the second run'),
    ...checkClaims(point, point.first, point.afterFirst, 'the first run', point.applies),
    ...checkClaims(point, point.second, point.afterSecond, 'the second run', true),
    ...checkTold(point),
    ...checkFirst(point),
    ...checkDryRun(point),
    ...checkShadows(point),
    ...checkSecond(point),
  ]
}

function violation(kind: Violation['kind'], what: string): Violation {
  return { kind, what }
}

/** What must hold in any database at rest. */
function checkSnapshot(
  { files, checksums, approved = false }: Point,
  snapshot: Snapshot,
  when: string,
): Violation[] {
  const left = [
    ...snapshot.sessions.map((doing) => `a session is left ${when}, ${doing}`),
    ...(snapshot.advisoryLocks > 0 ? [`${snapshot.advisoryLocks} advisory locks are held ${when}`] : []),
  ]
  return [
    ...left.map((what) => violation('stuck', what)),
    ...checkBegun(approved, snapshot, when),
    ...files.flatMap((file) => checkFile(file, checksums[file.version], snapshot, when)),
  ]
}

/** Nothing is recorded of a file before the run that was approved is; and that once. */
function checkBegun(approved: boolean, { begun, records }: Snapshot, when: string): Violation[] {
  const wanted = approved ? (records.length > 0 ? [1] : [0, 1]) : [0]
  if (wanted.includes(begun)) return []
  return [violation('misrecorded', `that the run began is told ${begun} times ${when}`)]
}

function checkFile(
  file: ScenarioFile,
  checksum: string | undefined,
  snapshot: Snapshot,
  when: string,
): Violation[] {
  const { version, atomic, ends } = file
  const effects = snapshot.effects[version] ?? []
  const record = snapshot.records.find((each) => each.version === version)
  const completed = record?.status === 'completed'
  const events = snapshot.applied[version] ?? 0
  const shown = `${version} ${when}: effects ${effects.join(' ')}, record ${record?.status ?? 'none'}, told as applied ${events} times`
  const wrong: [boolean, Violation['kind'], string][] = [
    [effects.some((count) => count > 1), 'twice', 'done twice'],
    [atomic && new Set(effects).size > 1, 'misrecorded', 'done by half'],
    [completed && effects.some((count) => count === 0), 'misrecorded', 'completed without its effects'],
    [atomic && !completed && effects.some((count) => count > 0), 'misrecorded', 'done but not completed'],
    [completed && record.checksum !== checksum, 'misrecorded', 'recorded with another checksum'],
    [events !== (completed ? 1 : 0), 'misrecorded', 'record and history differ'],
    [completed && ends !== 'applied', 'misrecorded', `completed, although it ends ${ends}`],
    [record?.status === 'running' && atomic, 'misrecorded', 'recorded as running at rest'],
  ]
  return wrong.filter(([holds]) => holds).map(([, kind, what]) => violation(kind, `${what}: ${shown}`))
}

/** What a report says must be so. */
function checkClaims(
  { files }: Point,
  run: RunSeen,
  snapshot: Snapshot,
  who: string,
  applies: boolean,
): Violation[] {
  const complete = isComplete(files, snapshot)
  const wrong = files
    .filter(({ version }) => !claimHolds(run, version, snapshot))
    .map(({ version }) => `${who} says ${version} is ${run.states?.[version] ?? 'not planned'}`)
  if (run.exitCode === 0 && applies && !complete)
    wrong.push(`${who} ends with 0 although not everything is applied`)
  if (run.ready === true && !complete) wrong.push(`${who} says ready although not everything is applied`)
  return wrong.map((what) => violation('false-claim', `${what}: ${tell(run, snapshot)}`))
}

function isComplete(files: readonly ScenarioFile[], { records }: Snapshot): boolean {
  return files.every(({ version }) =>
    records.some((record) => record.version === version && record.status === 'completed'),
  )
}

/** `unknown` claims nothing; no state is a file that was applied before, or a run that came to nothing. */
function claimHolds({ states }: RunSeen, version: string, { records, effects }: Snapshot): boolean {
  const state = states?.[version]
  const completed = records.some((record) => record.version === version && record.status === 'completed')
  const done = (effects[version] ?? []).some((count) => count > 0)
  if (state === 'applied') return completed
  if (state === 'not-run' || state === 'failed') return !completed && !done
  return state !== 'partial' || !completed
}

/** What a report says beside what is recorded, in a line. */
export function tell(run: RunSeen, { records }: Snapshot): string {
  const states = Object.entries(run.states ?? {}).map(([version, state]) => `${version} ${state}`)
  const recorded = records.map(({ version, status }) => `${version} ${status}`)
  return `exit ${run.exitCode}${run.status ? ` ${run.status}` : ''}, reported [${states.join(', ')}], recorded [${recorded.join(', ')}]${run.said ? `; ${run.said}` : ''}`
}

function checkFirst(point: Point): Violation[] {
  const { first, afterFirst, files, transient, asked, wallLimitMs } = point
  const violations: Violation[] = []
  if (first.wallMs > wallLimitMs)
    violations.push(violation('stuck', `the first run took ${first.wallMs} ms: ${tell(first, afterFirst)}`))
  const states = Object.values(first.states ?? {})
  const untold = files.filter(({ version }) => first.states && !(version in first.states))
  if (untold.some(({ version }) => (afterFirst.effects[version] ?? []).some((count) => count > 0)))
    violations.push(
      violation('false-claim', `the first run did more than it tells: ${tell(first, afterFirst)}`),
    )
  const failed = first.exitCode !== 0 && isComplete(files, afterFirst)
  // Where nobody can be reached any more, `unknown` is the truth.
  if (failed && !asked && first.states && (transient || !states.includes('unknown')))
    violations.push(violation('false-claim', `failed although complete: ${tell(first, afterFirst)}`))
  return violations
}

/** Whatever happened to it, a dry run has done nothing. */
function checkDryRun({ applies, files, afterFirst, first }: Point): Violation[] {
  if (applies) return []
  const done = files.filter(
    ({ version }) =>
      afterFirst.records.some((record) => record.version === version) ||
      (afterFirst.applied[version] ?? 0) > 0 ||
      (afterFirst.effects[version] ?? []).some((count) => count > 0),
  )
  return done.map(({ version }) =>
    violation('misrecorded', `a dry run has left something of ${version}: ${tell(first, afterFirst)}`),
  )
}

/** What a run could not clear away, because it was not left the time, the next one does. */
function checkShadows({ first, afterFirst, second, afterSecond, transient }: Point): Violation[] {
  // Where nothing is pending any more, no shadow is opened.
  const opens = Object.keys(second.rehearsed ?? {}).length > 0
  const after = [
    ...(transient ? afterFirst.shadows.map((name) => `${name} is left after the first run`) : []),
    ...(opens ? afterSecond.shadows.map((name) => `${name} is left after the second run`) : []),
  ]
  return after.map((what) => violation('stuck', `${what}: ${tell(first, afterFirst)}`))
}

/** The run after it finds everything in order, does what is left, and ends as if nothing had been. */
function checkSecond({ files, second, afterSecond, first, applies, wallLimitMs }: Point): Violation[] {
  const missing = files.filter(
    ({ version, ends }) =>
      ends === 'applied' && (afterSecond.effects[version] ?? []).some((count) => count === 0),
  )
  const wanted = files.every(({ ends }) => ends === 'applied') ? 0 : 1
  const wrong: [boolean, Violation['kind'], string][] = [
    [missing.length > 0, 'lost', `${missing.map(({ version }) => version).join(', ')} is not there`],
    [second.exitCode !== wanted, 'stuck', `the second run does not end with ${wanted}`],
    [second.wallMs > wallLimitMs, 'stuck', `the second run took ${second.wallMs} ms`],
    [applies && first.exitCode === 0 && hasWorked(second), 'twice', 'the second run found something to do'],
    [
      afterSecond.invalidIndexes.length > 0,
      'misrecorded',
      `INVALID: ${afterSecond.invalidIndexes.join(', ')}`,
    ],
  ]
  return wrong
    .filter(([holds]) => holds)
    .map(([, kind, what]) => violation(kind, `${what}: ${tell(second, afterSecond)}`))
}

function hasWorked({ states }: RunSeen): boolean {
  return Object.keys(states ?? {}).length > 0
}

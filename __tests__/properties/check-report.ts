import type { Report } from '../../src/model/report.js'
import type { Folder } from './edit-folder.js'
import { effectsOf, type Seen } from './look.js'
import { textOf } from './migration-text.js'
import type { Expected } from './predict.js'

/** A database before and after a run, and the folder that it ran with. */
export interface Around {
  readonly folder: Folder
  readonly before: Seen
  readonly after: Seen
}

type Told = Pick<Report, 'exitCode' | 'status' | 'ready' | 'outcomes'>

/** What a report says must be so. Of a run beside others only what it says to have done. */
export function checkClaims(report: Told, around: Around, beside = false): string[] {
  const wrong = report.outcomes.flatMap(({ version, state }) => {
    const why = state === 'applied' || !beside ? whyFalse(state, version, around) : undefined
    return why === undefined ? [] : [`it says ${version} is ${state}, and ${why}`]
  })
  const open = around.folder.filter(({ version }) => !isCompleted(version, around.after))
  if (report.ready && open.length > 0) wrong.push(`it says ready, and ${open[0]?.version} is not applied`)
  if (report.ready && report.exitCode !== 0) wrong.push('it says ready, and does not end with 0')
  return wrong
}

function whyFalse(state: string, version: string, { folder, before, after }: Around): string | undefined {
  const file = folder.find((each) => each.version === version)
  if (!file) return 'there is no such file'
  const { checksum } = textOf(file)
  const record = after.records.find((each) => each.version === version)
  const done = record?.status === 'completed'
  if (isCompleted(version, before)) return 'it was applied before'
  const grown = effectsOf(after, version).length > effectsOf(before, version).length
  switch (state) {
    case 'applied':
      return done && record.checksum === checksum ? undefined : 'it is not recorded so'
    case 'failed':
    case 'not-run':
      return done ? 'it is recorded as completed' : grown ? 'something of it was done' : undefined
    case 'partial':
      return done ? 'it is recorded as completed' : undefined
    default:
      return undefined
  }
}

function isCompleted(version: string, { records }: Seen): boolean {
  return records.some((record) => record.version === version && record.status === 'completed')
}

/** The versions completed between two looks. */
export function completedBetween({ before, after }: Pick<Around, 'before' | 'after'>): string[] {
  return after.records
    .filter(({ version, status }) => status === 'completed' && !isCompleted(version, before))
    .map(({ version }) => version)
}

/** A run that nothing disturbs, or only for a moment, does and says exactly what the model says. */
export function checkAsExpected(report: Told, around: Around, expected: Expected): string[] {
  const { before, after } = around
  const states = Object.fromEntries(report.outcomes.map(({ version, state }) => [version, state]))
  const wrong: [boolean, string][] = [
    [report.exitCode !== expected.exitCode, `it ends with ${report.exitCode}`],
    [report.ready !== expected.ready, `it says ready: ${report.ready}`],
    [!sameStates(states, expected.states), `it says ${JSON.stringify(states)}`],
    [
      !sameSet(completedBetween(around), expected.completes),
      `it completed ${completedBetween(around).join(' ') || 'nothing'}`,
    ],
    [expected.untouched && before.digest !== after.digest, 'something changed in the database'],
    [refusedBetween(around) > (report.status === 'refused' ? 1 : 0), 'a refusal is recorded that was none'],
  ]
  return wrong.filter(([is]) => is).map(([, what]) => `${what}; expected: ${JSON.stringify(expected)}`)
}

function refusedBetween({ before, after }: Around): number {
  return after.refusals - before.refusals
}

/** A run that was ended did the first part of what it was to do. */
export function checkEnded(
  report: Told | undefined,
  around: Around,
  expected: Expected,
  asked: boolean,
): string[] {
  const completed = completedBetween(around)
  const wrong: string[] = []
  if (!sameSet(completed, expected.completes.slice(0, completed.length)))
    wrong.push(
      `it completed ${completed.join(' ')}, and not ${expected.completes.join(' ')} from the first on`,
    )
  if (!report) return wrong
  const all = completed.length === expected.completes.length && expected.exitCode === 0
  const unknown = report.outcomes.some(({ state }) => state === 'unknown')
  if (report.exitCode === 0 && !all) wrong.push('it ends with 0 although not everything is applied')
  if (report.exitCode !== 0 && all && completed.length > 0 && !unknown)
    wrong.push(`it ends with ${report.exitCode} although all is done`)
  const codes = asked ? [expected.exitCode, 143] : [expected.exitCode, 1, 2]
  if (!codes.includes(report.exitCode)) wrong.push(`it ends with ${report.exitCode}`)
  return wrong
}

function sameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.toSorted().join(' ') === others.toSorted().join(' ')
}

function sameStates(
  some: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>>,
): boolean {
  const flat = (states: Readonly<Record<string, string>>) =>
    Object.entries(states).map((entry) => entry.join(' '))
  return sameSet(flat(some), flat(others))
}

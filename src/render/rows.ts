import type { Outcome, Rehearsed } from '../model/outcome.js'
import type { PlannedMigration, TransactionMode } from '../model/plan.js'
import type { Report } from '../model/report.js'

export type RowState =
  | 'applied'
  | 'failed'
  | 'failed-half-done'
  | 'partial'
  | 'unknown'
  | 'not-reached'
  | 'rehearsed'
  | 'partly-rehearsed'
  | 'not-rehearsable'
  | 'rehearsal-failed'
  | 'pending'
  | 'left-out'

/** One planned migration, as tables show it. Its name is foreign text. */
export interface Row {
  readonly version: string
  readonly name: string
  readonly state: RowState
  readonly mode: TransactionMode
  readonly durationMs?: number
  readonly outOfOrder: boolean
  /** Why it is not, or only partly, rehearsed, or what of it was atomic. Foreign text. */
  readonly remark?: string
}

/** Words for people; the icon stands beside the word, never alone. */
export const rowWords: Readonly<Record<RowState, { readonly icon: string; readonly word: string }>> = {
  applied: { icon: '✅', word: 'applied' },
  failed: { icon: '❌', word: 'failed, rolled back' },
  'failed-half-done': { icon: '⚠️', word: 'failed, half done' },
  partial: { icon: '⚠️', word: 'partly applied' },
  unknown: { icon: '❓', word: 'unknown' },
  'not-reached': { icon: '⏭️', word: 'not reached' },
  rehearsed: { icon: '🧪', word: 'rehearsed' },
  'partly-rehearsed': { icon: '🧪', word: 'partly rehearsed' },
  'not-rehearsable': { icon: '➖', word: 'not rehearsable here' },
  'rehearsal-failed': { icon: '❌', word: 'rehearsal failed' },
  pending: { icon: '⏳', word: 'pending' },
  'left-out': { icon: '⏸️', word: 'pending, not part of this run' },
}

/** One row a planned migration, in plan order, then those that this run left out. */
export function makeRows(report: Report): Row[] {
  const outcomes = new Map(report.outcomes.map((outcome) => [outcome.version, outcome]))
  const rehearsal = new Map(report.rehearsal.map((rehearsed) => [rehearsed.version, rehearsed]))
  const applying = report.outcomes.some((outcome) => outcome.state !== 'not-run')
  const planned = (report.plan?.migrations ?? []).map((migration) => {
    const { version } = migration.file
    return plannedRow(migration, outcomes.get(version), rehearsal.get(version), applying)
  })
  const leftOut = (report.plan?.deferred ?? []).map((migration) => ({
    ...plannedRow(migration, undefined, undefined, false),
    state: 'left-out' as const,
  }))
  return [...planned, ...leftOut]
}

function plannedRow(
  { file, outOfOrder }: PlannedMigration,
  outcome: Outcome | undefined,
  rehearsed: Rehearsed | undefined,
  applying: boolean,
): Row {
  const shown = applying ? outcome : rehearsed
  const ran = shown !== undefined && shown.state !== 'not-run'
  const remark = outcome?.atomicity ?? rehearsed?.reason
  return {
    version: file.version,
    name: file.name,
    state: applying ? appliedState(outcome) : rehearsedState(rehearsed),
    mode: outcome?.mode ?? (file.directives.noTransaction ? 'no-transaction' : 'transaction'),
    outOfOrder,
    ...(ran ? { durationMs: shown.durationMs } : {}),
    ...(remark === undefined ? {} : { remark }),
  }
}

function appliedState(outcome: Outcome | undefined): RowState {
  if (outcome === undefined || outcome.state === 'not-run') return 'not-reached'
  return outcome.state === 'failed' && outcome.failure?.left ? 'failed-half-done' : outcome.state
}

function rehearsedState(rehearsed: Rehearsed | undefined): RowState {
  if (rehearsed === undefined || rehearsed.state === 'not-run') return 'pending'
  return rehearsed.state === 'failed' ? 'rehearsal-failed' : rehearsed.state
}

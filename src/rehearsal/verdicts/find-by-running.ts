import type { Claim } from '../../model/claim.js'
import type { Finding } from '../../model/finding.js'
import type { Levels } from '../../model/judging.js'
import type { Position } from '../../model/position.js'
import type { RuleId } from '../../model/rule-ids.js'
import { codeOf } from './code-of.js'
import type { Step } from './step.js'
import type { Circumstances } from './test-claim.js'
import { victimsOf } from './victims-of.js'
import { weighWork } from './weigh-work.js'
import { tellList, tellMeasured, tellWork } from './words.js'
import { workOf } from './work-of.js'

/** What running a statement showed and no finding about it says. */
export interface FoundByRunning {
  readonly rule: RuleId
  /** Of its file, as findings have it. */
  readonly path: string
  readonly position: Position
  readonly message: string
  readonly help: string
  /** In place of the rule's. */
  readonly levels?: Levels
}

/** @param about what is said already of the statement, heard or not */
export function findByRunning(
  step: Step,
  about: readonly Finding[],
  circumstances: Circumstances,
): FoundByRunning[] {
  return [...findWork(step, about, circumstances), ...findVictims(step, about, circumstances)]
}

function* findWork(
  step: Step,
  about: readonly Finding[],
  { place, scale, quantities }: Circumstances,
): Generator<FoundByRunning> {
  const { text, position, durationMs } = step.measured
  const work = workOf(step)
  if (!work || claims(about, TOLD)) return
  // In a DO block, where it gives its tables new files and there is nothing to write into them.
  if (work.kind === 'rewrite' && about.some(({ rule }) => rule.startsWith('truncate'))) return
  // How rows are searched for depends on how many there are, and a shadow has none.
  if (work.kind === 'scan' && place.kind === 'shadow' && QUERY.test(text)) return
  const fact = tellWork(work, scale, quantities)
  yield {
    rule: work.kind === 'rewrite' ? 'measured-rewrite' : 'measured-scan',
    path: step.path,
    position,
    message: `Running it shows what the text does not tell. ${tellMeasured(fact, place, durationMs, quantities)}`,
    help: 'Find the command that does it, and write it in the form that the rules about locks name for it.',
    levels: weighWork(work.through, scale),
  }
}

/** Who looks for rows that stand in the way reads all of them. */
const TOLD = ['rewrite', 'scan', 'under-lock', 'fails-on-rows'] as const
const QUERY = /^\s*(select|insert|update|delete|merge|with|copy)\b/i

function* findVictims(
  step: Step,
  about: readonly Finding[],
  { place, quantities, texts }: Circumstances,
): Generator<FoundByRunning> {
  const { measured, path } = step
  const victims = victimsOf(measured, codeOf(step, texts))
  const isTold = claims(about, ['victims']) || about.some(({ rule }) => rule.startsWith('drop-'))
  if (victims.length === 0 || isTold) return
  const fact = `drops ${tellList(victims)}`
  yield {
    rule: 'measured-drop',
    path,
    position: measured.position,
    message: `Running it shows that more goes than the text tells. ${tellMeasured(fact, place, measured.durationMs, quantities)}`,
    help: 'Drop each of them by name, so that the review shows what goes.',
  }
}

function claims(about: readonly Finding[], some: readonly Claim[]): boolean {
  return about.some((finding) => finding.claims?.some((claim) => some.includes(claim)))
}

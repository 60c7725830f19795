import type { Claim } from '../../model/claim.js'
import type { RehearsalPlace } from '../../model/measured.js'
import { codeOf, runsCode } from './code-of.js'
import { type Step, strengthOf } from './step.js'
import { victimsOf } from './victims-of.js'
import type { Scale } from './weigh-work.js'
import { lockName, type Quantities, tellList, tellWork } from './words.js'
import { hiddenWorkOf, type Work, workOf } from './work-of.js'

/** What running a statement shows of a claim about it. */
export interface Tested {
  readonly shows: 'confirmed' | 'refuted'
  /** A clause: `no rewrite, no scan`. */
  readonly fact: string
  /** What the size of decides how bad it is. Absent: it is as bad as it was. */
  readonly work?: Work
}

/** Where it ran, and what is known there. */
export interface Circumstances {
  readonly place: Pick<RehearsalPlace, 'kind'>
  /** All that is on the target is there, made by other hands too. */
  readonly wholeSchema: boolean
  readonly scale: Scale
  readonly quantities: Quantities
  /** The files' texts, by path. */
  readonly texts: ReadonlyMap<string, string>
}

/** Undefined: it shows nothing, and what was found before stands as it is. */
export function testClaim(claim: Claim, step: Step, circumstances: Circumstances): Tested | undefined {
  const tested = TESTS[claim](step, circumstances)
  return tested?.shows === 'refuted' && !canRefute(step, circumstances) ? undefined : tested
}

/**
 * A branch that depends on rows is not taken where there are none, and IF EXISTS passes over what a shadow lacks though
 * the target has it.
 */
function canRefute({ measured }: Step, { place, wholeSchema }: Circumstances): boolean {
  if (place.kind === 'target') return true
  if (runsCode(measured)) return false
  return wholeSchema || measured.locks.length > 0
}

const TESTS: Readonly<Record<Claim, (step: Step, circumstances: Circumstances) => Tested | undefined>> = {
  rewrite: testWork,
  scan: testWork,
  'stops-writes': (step) => testLock(step, 'Share'),
  'stops-reads': (step) => testLock(step, 'AccessExclusive'),
  'under-lock': testUnderLock,
  'two-locks': testTwoLocks,
  victims: testVictims,
  refused: (_, { place, wholeSchema }) =>
    place.kind === 'target' || wholeSchema ? refuted('the server did not refuse it') : undefined,
  'fails-on-rows': (_, { place }) =>
    place.kind === 'target' ? refuted('it runs with the rows that are there now') : undefined,
}

function refuted(fact: string): Tested {
  return { shows: 'refuted', fact }
}

function testWork(step: Step, { scale, quantities }: Circumstances): Tested | undefined {
  const work = workOf(step) ?? hiddenWorkOf(step)
  if (work) return { shows: 'confirmed', fact: tellWork(work, scale, quantities), work }
  if (step.measured.uncounted) return undefined
  const reads = step.measured.scanned.length > 0
  return refuted(reads ? 'no rewrite, and what it reads nobody is kept from writing' : 'no rewrite, no scan')
}

/** A lock that the transaction has already, or that an earlier file took, is not seen when it is taken again. */
function testLock({ taken, held, hidden }: Step, least: 'Share' | 'AccessExclusive'): Tested | undefined {
  const strong = [...taken].filter(([, mode]) => strengthOf(mode) >= strengthOf(least))
  const [first] = strong
  if (first) {
    const relations = strong.filter(([, mode]) => mode === first[1]).map(([relation]) => relation)
    return { shows: 'confirmed', fact: `takes ${lockName(first[1])} on ${tellList(relations)}` }
  }
  if (held === undefined || held.size > 0 || hidden.size > 0) return undefined
  const [weaker] = taken
  if (!weaker) return refuted('no lock that stops others on what was there before')
  return refuted(`no lock stronger than ${lockName(weaker[1])}, on ${weaker[0]}`)
}

function testUnderLock(step: Step, { place, scale, quantities }: Circumstances): Tested | undefined {
  if (step.held === undefined) return undefined
  const locked = [...step.held].flatMap(([relation, mode]) => (mode === 'AccessExclusive' ? relation : []))
  if (locked.length === 0) return refuted('nothing is locked against reads and writes while it runs')
  const while_ = `while ${tellList(locked)} ${locked.length === 1 ? 'is' : 'are'} locked against reads and writes`
  // How a query goes about it depends on the rows, and a shadow has none.
  const { rewritten, scanned } = step.measured
  if (place.kind === 'shadow' || rewritten.length + scanned.length === 0)
    return { shows: 'confirmed', fact: `runs ${while_}` }
  const relations = scanned.length > 0 ? scanned : rewritten
  const kind = rewritten.length > 0 ? 'rewrite' : 'scan'
  const work: Work = { kind, relations, through: relations, mode: undefined }
  return { shows: 'confirmed', fact: `${tellWork(work, scale, quantities)} ${while_}`, work }
}

function testTwoLocks({ taken, held, hidden }: Step): Tested | undefined {
  if (held === undefined) return undefined
  for (const [relation, mode] of taken)
    for (const [other, holding] of held)
      if (relation !== other && (mode === 'AccessExclusive' || holding === 'AccessExclusive'))
        return {
          shows: 'confirmed',
          fact: `takes ${lockName(mode)} on ${relation} while it holds ${lockName(holding)} on ${other}`,
        }
  return hidden.size > 0 ? undefined : refuted('it does not wait for one table while it holds another')
}

function testVictims(step: Step, { place, wholeSchema, texts }: Circumstances): Tested | undefined {
  const code = codeOf(step, texts)
  const victims = victimsOf(step.measured, code)
  if (victims.length > 0) return { shows: 'confirmed', fact: `also drops ${tellList(victims)}` }
  if (code !== undefined && step.measured.dropped.length > 0) return undefined
  return place.kind === 'target' || wholeSchema ? refuted('nothing else was dropped') : undefined
}

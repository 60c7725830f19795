import type { Finding, Severity, SuppressedFinding } from '../../model/finding.js'
import type { Judging, Level } from '../../model/judging.js'
import type { Rehearsed } from '../../model/outcome.js'
import type { Position } from '../../model/position.js'
import type { RuleId } from '../../model/rule-ids.js'
import { type FoundByRunning, findByRunning } from './find-by-running.js'
import { makeSteps, type Running } from './make-steps.js'
import type { Step } from './step.js'
import { type Circumstances, type Tested, testClaim } from './test-claim.js'
import { weighWork } from './weigh-work.js'
import { tellMeasured } from './words.js'

/** What is said of files before they run, and what running them showed. */
export interface Facts extends Running, Circumstances {
  readonly place: Running['place']
  readonly findings: readonly Finding[]
  readonly suppressed: readonly SuppressedFinding[]
  /** Of rules that are off. */
  readonly unsaid: readonly Finding[]
  readonly rehearsal: readonly Rehearsed[]
  readonly judging: Pick<Judging, 'class' | 'levels'>
}

/** Findings that have met the facts, and what only the facts show. */
export interface Met {
  /** In the order given; what nothing was measured of is as it was. */
  readonly findings: readonly Finding[]
  readonly found: readonly FoundByRunning[]
}

/** Holds what findings claim against what the rehearsal measured. */
export function meetFacts(facts: Facts): Met {
  const steps = makeSteps(facts.rehearsal, facts)
  const byPath = grouped(steps, ({ path }) => path)
  const stepOf = ({ file = '', position }: Finding) =>
    position && byPath.get(file)?.find(({ measured }) => isWithin(position, measured.position))
  const about = grouped([...facts.findings, ...facts.suppressed, ...facts.unsaid], stepOf)
  return {
    findings: facts.findings.map((finding) => meet(finding, stepOf(finding), facts)),
    found: steps.flatMap((step) => findByRunning(step, about.get(step) ?? [], facts)),
  }
}

function grouped<Key, Value>(values: readonly Value[], keyOf: (value: Value) => Key): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>()
  for (const value of values) {
    const group = groups.get(keyOf(value))
    if (group) group.push(value)
    else groups.set(keyOf(value), [value])
  }
  return groups
}

/** A finding may be about a part of a statement: a command of an ALTER TABLE, what stands in a DO block. */
function isWithin(inner: Position, outer: Position): boolean {
  const starts = inner.line - outer.line || inner.column - outer.column
  const ends = outer.endLine - inner.line || outer.endColumn - inner.column
  return starts >= 0 && ends >= 0
}

function meet(finding: Finding, step: Step | undefined, facts: Facts): Finding {
  const tested = step && testAll(finding, step, facts)
  if (!tested) return finding
  const told = tellMeasured(tested.fact, facts.place, step.measured.durationMs, facts.quantities)
  const message = `${finding.message} ${told}`
  if (tested.shows === 'refuted') return refute({ ...finding, message })
  return { ...finding, message, measured: 'confirmed', ...weigh(finding, tested, facts) }
}

/** One that is so is enough; that nothing is so takes all. */
function testAll({ claims = [] }: Finding, step: Step, facts: Facts): Tested | undefined {
  const tested = claims.map((claim) => testClaim(claim, step, facts))
  const refuted = tested.every((each) => each?.shows === 'refuted') ? tested[0] : undefined
  return tested.find((each) => each?.shows === 'confirmed') ?? refuted
}

/** It stops nothing, whatever its level is, and there is nothing to mend. */
function refute({ force: _, fix: __, ...finding }: Finding): Finding {
  return { ...finding, severity: 'notice', measured: 'refuted', help: 'Nothing is to be done.' }
}

/** What the configuration says in words stands. */
function weigh(finding: Finding, { work }: Tested, facts: Facts): Partial<Finding> {
  const { judging, scale, quantities } = facts
  if (!work || judging.levels.has(finding.rule as RuleId)) return {}
  const level = weighWork(work.through, scale)[judging.class]
  if (level !== 'block') return { severity: SEVERITIES[level] ?? 'warning' }
  const large = `From ${quantities.bytes(scale.largeBytes)} on this stops the run, unless a comment with a reason silences it.`
  return { severity: 'error', help: `${finding.help} ${large}` }
}

const SEVERITIES: Partial<Readonly<Record<Level, Severity>>> = {
  off: 'notice',
  notice: 'notice',
  warn: 'warning',
}

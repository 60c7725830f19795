import { readSizes } from '../database/read-sizes.js'
import { notRun } from '../executors/sql/course.js'
import type { RehearsalPlace } from '../model/measured.js'
import { markForced } from '../plan/mark-forced.js'
import { choosePlace, isProtected } from '../rehearsal/choose-place.js'
import { blindSpots } from '../rehearsal/verdicts/blind-spots.js'
import { findLargeWork } from '../rehearsal/verdicts/find-large-work.js'
import { makeScale } from '../rehearsal/verdicts/make-scale.js'
import { measuredRelations } from '../rehearsal/verdicts/measured-relations.js'
import { renderBytes } from '../render/bytes.js'
import { renderDuration } from '../render/duration.js'
import { throwWhenLost } from './connecting/throw-when-lost.js'
import { judgeMeasured } from './judging/judge-measured.js'
import { askToForce } from './rehearsing/ask-to-force.js'
import type { ReadyToRehearse } from './rehearsing/ready-to-rehearse.js'
import { recordRehearsalFailure } from './rehearsing/record-rehearsal-failure.js'
import { rehearseOnTarget } from './rehearsing/rehearse-on-target.js'
import type { NoPlace, Tried } from './rehearsing/tried.js'
import { noShadow, REHEARSE_IS_OFF, refuseWithoutShadow } from './rehearsing/without-rehearsal.js'
import type { Way } from './way.js'

/** @returns whether applying may follow: it was asked for, nothing failed, and nothing that was found stops it */
export async function rehearsePending(run: Way, planned: ReadyToRehearse): Promise<boolean> {
  const { system, gathered, config, signal } = run
  const { migrations } = planned
  const applies = config.changes
  const place = choosePlace(config)
  if (place === 'off' || config.rehearse === 'off') {
    gathered.notRehearsed = REHEARSE_IS_OFF
    return applies && (await mayGoOn(run))
  }
  if (signal.aborted) return false
  system.observe({ kind: 'stage', stage: 'rehearse' })
  const tried = await tryAt(place, run, planned)
  if ('whyNot' in tried) return withoutShadow(run, tried, applies)
  gathered.rehearsal = tried.rehearsal
  await judge(run, planned, { ...tried.place, asked: config.rehearse }, tried)
  if (signal.aborted) return false
  const failed = tried.rehearsal.find((one) => one.state === 'failed')
  if (failed && applies) {
    gathered.outcomes = migrations.map(notRun)
    await recordRehearsalFailure(run, markForced(migrations, gathered.findings ?? []), failed)
  }
  return applies && !failed && (await mayGoOn(run))
}

/** What can not be rehearsed on the target is on a shadow, unless the target was asked for in words. */
async function tryAt(
  place: RehearsalPlace['kind'],
  run: Way,
  planned: ReadyToRehearse,
): Promise<Tried | NoPlace> {
  if (place === 'shadow') return onShadow(run, planned)
  const tried = await onTarget(run, planned)
  if (!('whyNot' in tried) || run.config.rehearse !== 'auto') return tried
  const instead = await onShadow(run, planned)
  return 'whyNot' in instead ? { whyNot: [...tried.whyNot, ...instead.whyNot] } : instead
}

/**
 * Where the environment is protected and a shadow was named, the shadow comes first: what it shows to rewrite or read a
 * large table does not run on the target.
 */
async function onTarget(run: Way, planned: ReadyToRehearse): Promise<Tried | NoPlace> {
  const { config, gathered } = run
  if (!isProtected(config.environment) || config.rehearsal.shadowUrl === undefined)
    return rehearseOnTarget(run, planned.migrations)
  const first = await onShadow(run, planned)
  if ('whyNot' in first) return rehearseOnTarget(run, planned.migrations)
  const large = await findLarge(run, planned, first)
  if (large === undefined) return rehearseOnTarget(run, planned.migrations)
  gathered.notes = [
    ...(gathered.notes ?? []),
    `Not rehearsed on the target, because on the shadow it ${large}, which is large there (large-table).`,
  ]
  return first
}

async function findLarge(
  { session, config }: Way,
  { migrations }: ReadyToRehearse,
  { rehearsal, place }: Tried,
): Promise<string | undefined> {
  const sizes = await readSizes(throwWhenLost(session), measuredRelations(rehearsal))
  const modes = new Map(migrations.map(({ file, mode }) => [file.path, mode]))
  const running = { place, modes, together: config.transaction === 'all' }
  return findLargeWork(rehearsal, running, makeScale(sizes, config), {
    bytes: renderBytes,
    duration: renderDuration,
  })
}

async function onShadow(run: Way, planned: ReadyToRehearse): Promise<Tried | NoPlace> {
  const { ON_SHADOW } = await import(/* webpackIgnore: true */ './on-shadow.js')
  return ON_SHADOW.rehearse(run, planned)
}

/** What was found before meets what was measured. */
async function judge(run: Way, planned: ReadyToRehearse, place: RehearsalPlace, tried: Tried): Promise<void> {
  const { session, gathered, config } = run
  const { rehearsal, wholeSchema } = tried
  const blind = await blindSpots(rehearsal, planned.migrations, place)
  gathered.rehearsedOn = { ...place, limits: [...place.limits, ...(blind === undefined ? [] : [blind])] }
  const relations = measuredRelations(rehearsal)
  const sizes = relations.length > 0 ? await readSizes(throwWhenLost(session), relations) : []
  gathered.sizes = sizes
  const { findings, suppressed } = judgeMeasured({
    findings: gathered.findings ?? [],
    suppressed: gathered.suppressed ?? [],
    unsaid: planned.unsaid,
    migrations: planned.migrations,
    rehearsal,
    sizes,
    place,
    wholeSchema,
    config,
  })
  gathered.findings = findings
  gathered.suppressed = suppressed
}

/** Asked for what is left: what the rehearsal was to judge, it has judged. */
async function mayGoOn({ config, system, gathered }: Way): Promise<boolean> {
  await askToForce(config, system, gathered)
  return !(gathered.findings ?? []).some(({ severity }) => severity === 'error')
}

function withoutShadow({ gathered, config }: Way, { whyNot }: NoPlace, applies: boolean): false {
  gathered.notRehearsed = noShadow(whyNot, config)
  if (applies || config.rehearse === 'shadow')
    gathered.refusals = [...(gathered.refusals ?? []), refuseWithoutShadow(config, gathered.notRehearsed)]
  return false
}

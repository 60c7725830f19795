import { readSchema } from '../database/schema/read-schema.js'
import { sessionSettings } from '../database/session-settings.js'
import { type LoadedSchema, loadSchema } from '../database/shadows/load-schema.js'
import { openShadow } from '../database/shadows/open-shadow.js'
import { replayFile } from '../database/shadows/schema/replay-file.js'
import { makeExcluder } from '../migrations/glob.js'
import { loadDowns } from '../migrations/load-downs.js'
import type { Finding } from '../model/finding.js'
import { isRepeatable } from '../model/is-repeatable.js'
import type { MigrationFile } from '../model/migration.js'
import type { RunnableMigration } from '../model/plan.js'
import type { SchemaObject } from '../model/schema.js'
import type { Session } from '../model/session.js'
import { versionKey } from '../model/version.js'
import { asDeclared } from '../plan/as-declared.js'
import { compareSchemas } from '../plan/compare-schemas.js'
import { describeDifference } from '../plan/describe-difference.js'
import { throwWhenLost } from './connecting/throw-when-lost.js'
import { Ended } from './judging/ended.js'
import { hideFileSecrets } from './judging/hide-file-secrets.js'
import { prepareFiles } from './judging/prepare-files.js'
import { schemaWanted } from './rehearsing/schema-wanted.js'
import { shadowRequest } from './rehearsing/shadow-request.js'
import { noShadow } from './rehearsing/without-rehearsal.js'
import type { Way } from './way.js'

/** What a round trip showed. */
export interface RoundTripped {
  readonly findings: readonly Finding[]
  /** See `Report.notes`. */
  readonly notes: readonly string[]
}

/** So many of the newest applied migrations are gone back over, beside all that are pending. */
const MOST_APPLIED = 20

/** So many differences of one file are told one by one. */
const MOST_FINDINGS = 20

/**
 * Runs migrations up, down and up again on a shadow with the target's schema, and compares what is there by object: a down
 * part has to take back what its up part made, and leave it so that it can be made again.
 *
 * @throws nothing but Ended
 */
export async function roundTrip(run: Way): Promise<RoundTripped> {
  try {
    return await goRound(run)
  } catch (error) {
    if (error instanceof Ended) throw error
    return unable(run, error instanceof Error ? error.message : String(error))
  }
}

function unable({ config }: Way, why: string): RoundTripped {
  const message = config.redact(`The round trip could not be made: ${why.replace(/\.$/, '')}.`)
  return { findings: [{ rule: 'round-trip', severity: 'error', message, help: HELP_UNABLE }], notes: [] }
}

const HELP_UNABLE =
  'It needs a shadow that takes the schema of the target: shadow-url, PostgreSQL on the machine, or PGlite in the project. Nothing was run on the target.'

async function goRound(run: Way): Promise<RoundTripped> {
  const { config, gathered, known } = run
  const loaded = await loadDowns(config, gathered.files ?? [])
  if (loaded.findings.some(({ severity }) => severity === 'error'))
    return { findings: loaded.findings, notes: [] }
  const there = new Set(
    known.records.flatMap(({ status, version }) => (status === 'completed' ? [versionKey(version)] : [])),
  )
  const versioned = (gathered.files ?? []).filter((file) => !isRepeatable(file))
  const isApplied = ({ version }: MigrationFile) => there.has(versionKey(version))
  const applied = versioned.filter(isApplied).slice(-MOST_APPLIED)
  const files = [...applied, ...versioned.filter((file) => !isApplied(file))]
  const isLegacy = makeExcluder(config.legacy)
  const back = files.flatMap((file) => {
    const down = loaded.downs.get(versionKey(file.version))
    return down ? [asDeclared(down, config, isLegacy)] : []
  })
  // The server quotes what it stumbles over.
  await hideFileSecrets([...files, ...back], config, run.signal)
  const ups = await prepareFiles(run, files)
  const downs = await prepareFiles(run, back)
  if ('why' in ups) return unable(run, ups.why)
  if ('why' in downs) return unable(run, downs.why)
  const found = await openShadow(shadowRequest(run))
  if ('why' in found) return unable(run, noShadow(found.why).why)
  await using shadow = found
  const settings = sessionSettings(config, { serverMajor: shadow.major, windows: false })
  const schema = await loadSchema(shadow, schemaWanted(run, shadow.major))
  if (schema.unusable !== undefined) return unable(run, schema.unusable)
  await using session = await shadow.open(() => {})
  const byVersion = new Map(downs.map((down) => [versionKey(down.file.version), down]))
  const trip: Trip = {
    run,
    session,
    settings,
    schema,
    steps: ups.map((up) => ({ up, down: byVersion.get(versionKey(up.file.version)) })),
    states: [],
    tried: new Set(),
  }
  return await travel(trip, applied.length)
}

interface Trip {
  readonly run: Way
  readonly session: Session
  readonly settings: string
  readonly schema: LoadedSchema
  readonly steps: readonly { readonly up: RunnableMigration; readonly down: RunnableMigration | undefined }[]
  /** What was there after so many of the steps, as it was seen first. */
  readonly states: (readonly SchemaObject[] | undefined)[]
  readonly tried: Set<string>
}

/** Up to the end, down as far as there are down parts, and up again; ends with the first that is not as it should be. */
async function travel(trip: Trip, start: number): Promise<RoundTripped> {
  const { steps, run } = trip
  const begun = await arrive(trip, start, undefined)
  const findings =
    begun ??
    (await goUp(trip, start, 'Its up part')) ??
    (await goDown(trip)) ??
    (await goUp(trip, lowest(trip), AGAIN))
  const last = steps.findLast(({ down }) => down === undefined)
  const lacking = last
    ? [`${last.up.file.name} has no down part, so nothing below it was gone back over.`]
    : []
  const limits = trip.schema.limits
  const count = `${trip.tried.size} ${trip.tried.size === 1 ? 'migration' : 'migrations'}`
  const sound = findings === undefined && trip.tried.size > 0
  return {
    findings: findings ?? [],
    notes: [
      ...(sound
        ? [`${count} went up, down and up again on a shadow, and left the schema as it was each time.`]
        : []),
      ...lacking,
      ...limits,
    ].map(run.config.redact),
  }
}

const AGAIN = 'After its down part, its up part'

function lowest({ steps }: Trip): number {
  return steps.findLastIndex(({ down }) => down === undefined) + 1
}

type Wrong = readonly Finding[] | undefined

async function goUp(trip: Trip, from: number, what: string): Promise<Wrong> {
  for (const [index, { up }] of trip.steps.entries()) {
    if (index < from) continue
    const wrong = (await runOne(trip, up, what)) ?? (await arrive(trip, index + 1, up))
    if (wrong) return wrong
  }
  return undefined
}

async function goDown(trip: Trip): Promise<Wrong> {
  const end = lowest(trip)
  for (let index = trip.steps.length - 1; index >= end; index--) {
    const { down } = trip.steps[index] ?? {}
    if (down === undefined) continue
    const wrong = (await runOne(trip, down, 'Its down part')) ?? (await arrive(trip, index, down))
    if (wrong) return wrong
    trip.tried.add(down.file.version)
  }
  return undefined
}

async function runOne(
  { session, settings, run, schema }: Trip,
  migration: RunnableMigration,
  what: string,
): Promise<Wrong> {
  if (run.signal.aborted) return [tell(migration, 'The run was asked to end.')]
  const failure = await replayFile(throwWhenLost(session), migration, settings)
  if (failure === undefined) return undefined
  const excuse = schema.excuse(failure)
  const so = excuse === undefined ? '' : ` It says nothing about the file: ${excuse}.`
  return [tell(migration, run.config.redact(`${what} fails on the shadow: ${failure.message}.${so}`))]
}

/** Compares what is there with what was there when the trip came by before. */
async function arrive(trip: Trip, place: number, by: RunnableMigration | undefined): Promise<Wrong> {
  const { run, session, states } = trip
  const { known, config } = run
  const now = await readSchema(throwWhenLost(session), {
    tracking: known.target.tracking,
    schemas: config.schemas,
  })
  if ('why' in now) return unable(run, now.why).findings
  const before = states[place]
  states[place] ??= now
  if (before === undefined || by === undefined) return undefined
  const changes = compareSchemas(before, now)
  if (changes.length === 0) return undefined
  return changes
    .slice(0, MOST_FINDINGS)
    .map((change) => tell(by, config.redact(describeDifference(change, WORDS))))
}

const WORDS = {
  added: 'is there after it, and was not when the schema was the same before',
  dropped: 'is gone after it, and was there when the schema was the same before',
  changed: 'is not after it as it was before',
}

function tell({ file }: RunnableMigration, message: string): Finding {
  return {
    rule: 'round-trip',
    severity: 'error',
    file: file.path,
    message: `${file.name}: ${message}`,
    help: 'Correct the down part, so that it takes back exactly what the up part does. Nothing was run on the target.',
  }
}

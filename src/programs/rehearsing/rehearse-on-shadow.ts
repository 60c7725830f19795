import { makeBookkeeping } from '../../database/make-bookkeeping.js'
import { readTarget } from '../../database/read-target.js'
import { sessionSettings } from '../../database/session-settings.js'
import { type LoadedSchema, loadSchema } from '../../database/shadows/load-schema.js'
import { openShadow } from '../../database/shadows/open-shadow.js'
import type { Shadow } from '../../database/shadows/shadow.js'
import { ConnectionError } from '../../model/connection-error.js'
import type { Watch } from '../../model/watch.js'
import { rehearse } from '../../rehearsal/rehearse.js'
import { cancelledBy } from '../connecting/cancelled-by.js'
import { throwWhenLost } from '../connecting/throw-when-lost.js'
import { writerOf } from '../recording/writer-of.js'
import type { Way } from '../way.js'
import type { ReadyToRehearse } from './ready-to-rehearse.js'
import { schemaWanted } from './schema-wanted.js'
import { shadowRequest } from './shadow-request.js'
import type { NoPlace, Tried } from './tried.js'

/** How many shadows are opened, one after the other, where one is lost in the middle. */
const TRIES = 3

/** On a server that is thrown away afterwards, with the schema of the target: each file commits there, as it will. */
export async function rehearseOnShadow(run: Way, planned: ReadyToRehearse): Promise<Tried | NoPlace> {
  const losses = run.door.losses()
  for (let attempt = 1; ; attempt++) {
    try {
      return await rehearseOnOne(run, planned, attempt === TRIES)
    } catch (error) {
      // Where the target was lost, more than the shadow is to be done again.
      if (!(error instanceof ConnectionError) || run.door.losses() > losses) throw error
      if (attempt === TRIES || run.signal.aborted)
        return { whyNot: [`each that was opened was lost (${error.message.replace(/\.$/, '')})`] }
      run.system.observe({
        kind: 'note',
        message: `The shadow was lost, and another one is opened. ${error.message}`,
      })
    }
  }
}

async function rehearseOnOne(run: Way, planned: ReadyToRehearse, lastTry: boolean): Promise<Tried | NoPlace> {
  const found = await openShadow(shadowRequest(run))
  if ('why' in found) return { whyNot: found.why }
  await using shadow = found
  const schema = await loadSchema(whole(shadow), schemaWanted(run, shadow.major))
  return schema.unusable === undefined
    ? await tryOn(run, planned, shadow, schema, lastTry)
    : { whyNot: [schema.unusable] }
}

/** What is missing because a connection broke does not count as what the shadow lacks. */
function whole(shadow: Shadow): Shadow {
  return {
    ...shadow,
    open: async (onNotice) => throwWhenLost(await shadow.open(onNotice)),
    openAsOwner: async (onNotice) => throwWhenLost(await shadow.openAsOwner(onNotice)),
  }
}

async function tryOn(
  run: Way,
  planned: ReadyToRehearse,
  shadow: Shadow,
  schema: LoadedSchema,
  lastTry: boolean,
): Promise<Tried> {
  const { config, system, signal, onNotice } = run
  const limits = [...shadow.limits, ...schema.limits]
  await using session = cancelledBy(signal, await shadow.open(onNotice))
  const found = await readTarget(throwWhenLost(session), run.known.target, config.tracking)
  const rehearsal = await rehearse({
    place: 'shadow',
    session,
    backend: found.backend,
    migrations: planned.migrations,
    bookkeeping: makeBookkeeping(found.target, writerOf(run), found.schemaExists),
    settings: sessionSettings(config, { serverMajor: shadow.major, windows: false }),
    timeouts: config.timeouts,
    lockMs: 0,
    statementMs: SHADOW_STATEMENT_MS,
    together: config.transaction === 'all',
    lacksRows: schema.lacksRows,
    excuse: schema.excuse,
    redact: config.redact,
    observe: system.observe,
    watch: UNWATCHED,
    signal,
    lossIsFailure: lastTry,
    limit: (sentence) => void limits.push(sentence),
  })
  const { where } = shadow
  return {
    rehearsal,
    place: { kind: 'shadow', where, schemaFrom: schema.schemaFrom, limits },
    wholeSchema: schema.lacks.length === 0 && schema.schemaFrom.includes('pg_dump'),
  }
}

const SHADOW_STATEMENT_MS = 60_000

/** Nobody else is at work there, and it may take one connection only. */
const UNWATCHED: Watch = {
  during: async (_backend, _lockMs, send) => ({ reply: await send(() => {}), blockers: [] }),
  rest: async () => {},
  [Symbol.asyncDispose]: async () => {},
}

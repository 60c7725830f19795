import { makeBookkeeping } from '../../database/make-bookkeeping.js'
import type { Rehearsed } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import { UserError } from '../../model/user-error.js'
import { escapeFactsQuery } from '../../rehearsal/escapes/facts-query.js'
import { openEscapes } from '../../rehearsal/escapes/open-escapes.js'
import { parseEscapeFacts } from '../../rehearsal/escapes/parse-facts.js'
import { readingPendingReach } from '../../rehearsal/escapes/pending-reach.js'
import { whyNoTables } from '../../rehearsal/escapes/why-no-tables.js'
import type { Rehearsal } from '../../rehearsal/rehearsal.js'
import { rehearse } from '../../rehearsal/rehearse.js'
import { beginReading } from '../../sql/begin-reading.js'
import { openParser } from '../../sql/open-parser.js'
import { openBreathing } from '../judging/breathing.js'
import { writerOf } from '../recording/writer-of.js'
import type { Way } from '../way.js'
import type { NoPlace, Tried } from './tried.js'

/** In one transaction on the target, which is rolled back, within the budget. */
export async function rehearseOnTarget(
  run: Way,
  migrations: readonly RunnableMigration[],
): Promise<Tried | NoPlace> {
  const { session, system, config, known, watch, signal } = run
  const limits: string[] = []
  const bookkeeping = makeBookkeeping(known.target, writerOf(run), known.schemaExists)
  const { leaves, noTables } = await findEscapes(run, migrations, bookkeeping.ensure !== '')
  if (noTables !== undefined)
    return {
      whyNot: [config.redact(`our own tables can not be made on the target in a rehearsal: ${noTables}`)],
    }
  const rehearsal: Rehearsed[] = await rehearse({
    place: 'target',
    session,
    backend: known.backend,
    migrations,
    bookkeeping,
    settings: known.settings,
    timeouts: config.timeouts,
    lockMs: config.rehearsal.lockMs,
    statementMs: config.rehearsal.statementMs,
    together: config.transaction === 'all',
    leaves,
    redact: config.redact,
    observe: system.observe,
    watch,
    signal,
    lossIsFailure: run.lastTry,
    limit: (sentence) => void limits.push(sentence),
  })
  return {
    rehearsal,
    place: { kind: 'target', where: 'on the target, in one transaction that was rolled back', limits },
    wholeSchema: true,
  }
}

interface Escapes {
  /** See `Rehearsal.leaves`. */
  readonly leaves: NonNullable<Rehearsal['leaves']>
  /** Why not even our own tables can be made there. */
  readonly noTables?: string | undefined
}

/** Statements whose effect a rollback does not undo are not sent. */
async function findEscapes(
  { session, signal }: Way,
  migrations: readonly RunnableMigration[],
  makesTables: boolean,
): Promise<Escapes> {
  const parser = await openParser()
  const pending = await openBreathing(signal)(readingPendingReach(parser, migrations))
  if (!pending.needsFacts && !makesTables) return { leaves: openEscapes({ parser, pending }) }
  const reply = await session.send(
    `${beginReading()}\nSET LOCAL search_path = pg_catalog, pg_temp;\n${escapeFactsQuery}\nCOMMIT;`,
  )
  if (reply.error) throw unreadable(reply.error.message)
  const facts = parseEscapeFacts(reply)
  return {
    leaves: openEscapes({ parser, pending, facts }),
    noTables: makesTables ? whyNoTables(parser, facts) : undefined,
  }
}

function unreadable(reason: string): UserError {
  return new UserError([
    {
      message: `What the pending files would reach in the database can not be read, so they are not rehearsed on it: ${reason}.`,
      help: 'Run again, or rehearse on a shadow: rehearse: shadow.',
    },
  ])
}

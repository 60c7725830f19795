import { randomUUID } from 'node:crypto'
import type { Reply } from '../../model/session.js'
import { findCulprit } from '../../sql/find-culprit.js'
import { locateFailure } from '../../sql/locate-failure.js'
import type { Work } from '../executor.js'
import type { Group } from './choose-group.js'
import { type Batch, type Block, composeBatch, composeTogether } from './compose-batch.js'
import { announce, type Course, enter } from './course.js'
import type { Reached, Stop } from './reached.js'
import { rollBack, timeoutsOf } from './record.js'
import { send } from './send.js'

/** Sends a group of migrations as one message and reads from the answer how far it came. */
export async function applyBatch(course: Course, group: Group): Promise<Reached> {
  const { work, ensured } = course
  const prologue = ensured ? '' : makeTables(work.bookkeeping.ensure)
  const progress = followMarks(course, group)
  const compose = group.kind === 'together' ? composeTogether : composeBatch
  const batch = compose(work, group.migrations, { prologue, markOf: progress.markOf })
  const { reply, blockers } = await send(work, batch.sent, {
    copies: batch.copies,
    lockMs: shortestLockTimeout(work, group),
    onMark: progress.onMark,
  })
  if (reply.state !== 'lost' && reply.completed >= batch.prologue) course.ensured = true
  const reached = read(reply, batch, group.kind === 'together', progress.told())
  progress.catchUp(reached.applied)
  await rollBack(work, reply)
  if (reached.stop?.kind !== 'failed' || blockers.length === 0) return reached
  return { ...reached, stop: { ...reached.stop, failure: { ...reached.stop.failure, blockers } } }
}

function shortestLockTimeout(work: Work, { migrations }: Group): number {
  const limits = migrations.map((migration) => timeoutsOf(work, migration).lockMs).filter((ms) => ms > 0)
  return limits.length > 0 ? Math.min(...limits) : 0
}

/** SQL that makes the tracking tables, in a transaction of its own. */
function makeTables(ensure: string): string {
  return `BEGIN READ WRITE;\nSET LOCAL search_path = pg_catalog;\n${ensure}\nCOMMIT;\n`
}

interface Progress {
  readonly markOf: (index: number) => string
  readonly onMark: (mark: string) => void
  /** How many are known to be committed by their marks. */
  readonly told: () => number
  /** Tells of those whose mark did not arrive. */
  readonly catchUp: (applied: number) => void
}

/**
 * Tells of each migration as its mark arrives: it is committed by then, where each has a transaction of its own. Nobody
 * but this message knows the token.
 */
function followMarks(course: Course, { kind, migrations }: Group): Progress {
  const token = randomUUID()
  const first = course.next
  let since = performance.now()
  let told = 0
  announce(course, first)
  const pass = (index: number) => {
    const durationMs = Math.round(performance.now() - since)
    since = performance.now()
    told = index + 1
    if (kind === 'batch') enter(course, first + index, { state: 'applied', durationMs })
    if (told < migrations.length) announce(course, first + told)
  }
  return {
    markOf: (index) => `${token} ${index}`,
    onMark: (mark) => {
      if (mark === `${token} ${told}`) pass(told)
    },
    told: () => (kind === 'batch' ? told : 0),
    catchUp: (applied) => {
      while (told < applied) pass(told)
      if (kind === 'together' && applied > 0)
        for (const index of migrations.keys()) enter(course, first + index, { state: 'applied' })
    },
  }
}

function read(reply: Reply, batch: Batch, together: boolean, told: number): Reached {
  const { blocks, prologue } = batch
  if (!reply.error)
    return reply.state === 'I' ? { applied: blocks.length } : { applied: 0, stop: stillOpen(reply) }
  const committed = blocks.filter((block) => block.committedAt <= reply.completed).length
  if (reply.state === 'lost') return { applied: told, stop: lost(reply, blocks[told]) }
  if (reply.completed < prologue) return { applied: 0, stop: { kind: 'no-tables' } }
  const unread = reply.completed === 0 && blocks.length > 1
  const culprit = unread ? findCulprit(reply, batch.sent, blocks) : undefined
  if (unread && !together) return { applied: 0, stop: { kind: 'refused', culprit } }
  const failing = together ? (culprit ?? lastBegun(reply, blocks)) : firstOpen(reply, blocks)
  const block = blocks[failing]
  // Between two files, or after the last: what failed is setting the session back.
  if (!block) return { applied: committed, stop: notSetBack(reply) }
  return { applied: committed, stop: { ...failed(reply, block), ahead: failing - committed } }
}

function lastBegun({ completed }: Reply, blocks: readonly Block[]): number {
  return Math.max(
    0,
    blocks.findLastIndex((block) => block.begunAt <= completed),
  )
}

function firstOpen({ completed }: Reply, blocks: readonly Block[]): number {
  return blocks.findIndex((block) => block.begunAt <= completed && completed < block.committedAt)
}

type Failed = Extract<Stop, { kind: 'failed' }>

function failed(reply: Reply, { migration, layout, begunAt, committedAt }: Block): Failed {
  // In no transaction any more, although our COMMIT was not reached.
  const ended = reply.state === 'I' && reply.completed > begunAt && reply.completed < committedAt - 1
  const failure = locateFailure(reply, migration, layout)
  return { kind: 'failed', failure, state: ended ? 'partial' : 'failed' }
}

function lost({ error }: Reply, block: Block | undefined): Stop {
  const statement = block ? ` while ${block.migration.file.name} was being applied` : ''
  return {
    kind: 'lost',
    failure: {
      code: 'connection-lost',
      message: `the connection was lost${statement}: ${error?.message ?? ''}`,
    },
  }
}

function stillOpen({ state }: Reply): Stop {
  return {
    kind: 'lost',
    failure: { code: 'DF003', message: `the session is in state ${state} after all transactions were ended` },
  }
}

function notSetBack({ error }: Reply): Stop {
  const reason = error?.message ?? 'the server gave no reason'
  return { kind: 'lost', failure: { code: 'DF003', message: `the session could not be set back: ${reason}` } }
}

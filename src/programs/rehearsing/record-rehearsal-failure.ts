import { makeBookkeeping } from '../../database/make-bookkeeping.js'
import { withOneSpelling } from '../../database/one-spelling.js'
import { parseRecords, recordsQuery } from '../../database/read-history.js'
import type { AppliedRecord } from '../../model/history.js'
import type { Rehearsed } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Reply, Session } from '../../model/session.js'
import { versionKey } from '../../model/version.js'
import { isSessionLimit } from '../../sql/session-limit.js'
import { withContext } from '../../sql/with-context.js'
import { reconnect } from '../connecting/reconnect.js'
import { withTables } from '../recording/with-tables.js'
import { writerOf } from '../recording/writer-of.js'
import type { Way } from '../way.js'

/** A migration that was to be applied and could not be is part of the history, though nothing of it was kept. */
export async function recordRehearsalFailure(
  run: Way,
  migrations: readonly RunnableMigration[],
  failed: Rehearsed,
): Promise<void> {
  const { known, gathered } = run
  const migration = migrations.find(({ file }) => file.version === failed.version)
  if (!migration || failed.failure?.code === 'connection-lost') return
  const writer = writerOf(run)
  const { target, schemaExists, records: before } = known
  const applied = withOneSpelling(makeBookkeeping(target, writer, schemaExists), target, before)
  const books = run.books?.(applied, known.target, writer) ?? applied
  const { version, name, checksum } = migration.file
  const forced = migration.forced ? { forced: migration.forced } : {}
  const failure = books.fail(
    { version, name, checksum, planHash: gathered.plan?.hash ?? '', ...forced },
    {
      status: 'failed',
      event: 'rehearsal',
      message: `in the rehearsal: ${failed.failure ? withContext(failed.failure) : ''}`,
      executionTimeMs: failed.durationMs,
      statementsDone: null,
    },
  )
  const { tracking } = withTables(known.target)
  const sql = `BEGIN;\nSET LOCAL search_path = pg_catalog, pg_temp;\nSET LOCAL statement_timeout = 0;\n${books.ensure}\n${failure}\nCOMMIT;\n${recordsQuery(tracking)}`
  const reply = await send(run, failed, sql)
  if (!reply.error) {
    const isIt = (record: AppliedRecord) => record.version === version
    const key = versionKey(version)
    const others = (gathered.records ?? []).filter((record) => versionKey(record.version) !== key)
    gathered.records = [...others, ...parseRecords(reply).filter(isIt)]
    return
  }
  gathered.notes = [...(gathered.notes ?? []), `The failure could not be recorded: ${reply.error.message}.`]
}

/** On a session of its own where the server ended that of the rehearsal. */
async function send(run: Way, { failure }: Rehearsed, sql: string): Promise<Reply> {
  const reply = await sendOn(run.session, sql)
  if (reply.state !== 'lost' || !isSessionLimit(failure?.code ?? '')) return reply
  const line = await reconnect(run, failure?.message ?? '')
  if (!line) return reply
  await using session = line.session
  return await sendOn(session, sql)
}

async function sendOn(session: Session, sql: string): Promise<Reply> {
  const reply = await session.send(sql)
  if (reply.error && reply.state !== 'lost') await session.send('ROLLBACK;')
  return reply
}

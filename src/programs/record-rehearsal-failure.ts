import { makeBookkeeping } from '../database/make-bookkeeping.js'
import type { Rehearsed } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import type { Way } from './way.js'
import { writerOf } from './writer-of.js'

/** A migration that was to be applied and could not be is part of the history, though nothing of it was kept. */
export async function recordRehearsalFailure(
  run: Way,
  migrations: readonly RunnableMigration[],
  failed: Rehearsed,
): Promise<void> {
  const { session, known, gathered } = run
  const migration = migrations.find(({ file }) => file.version === failed.version)
  if (!migration || failed.failure?.code === 'connection-lost') return
  const writer = writerOf(run)
  const applied = makeBookkeeping(known.target, writer, known.schemaExists)
  const books = run.books?.(applied, known.target, writer) ?? applied
  const { version, name, checksum } = migration.file
  const forced = migration.forced ? { forced: migration.forced } : {}
  const failure = books.fail(
    { version, name, checksum, planHash: gathered.plan?.hash ?? '', ...forced },
    {
      status: 'failed',
      event: 'rehearsal',
      message: `in the rehearsal: ${failed.failure?.message ?? ''}`,
      executionTimeMs: failed.durationMs,
      statementsDone: null,
    },
  )
  const reply = await session.send(
    `BEGIN;\nSET LOCAL search_path = pg_catalog, pg_temp;\n${books.ensure}\n${failure}\nCOMMIT;`,
  )
  if (!reply.error) return
  await session.send('ROLLBACK;')
  gathered.notes = [...(gathered.notes ?? []), `The failure could not be recorded: ${reply.error.message}.`]
}

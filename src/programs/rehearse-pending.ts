import { makeBookkeeping } from '../database/make-bookkeeping.js'
import { notRun } from '../executors/sql/course.js'
import type { Rehearsed } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import { rehearse } from '../rehearsal/rehearse.js'
import type { Way } from './way.js'
import { writerOf } from './writer-of.js'

/** @returns whether applying may follow: it was asked for, and nothing failed */
export async function rehearsePending(run: Way, migrations: readonly RunnableMigration[]): Promise<boolean> {
  const { session, system, gathered, config, known, watch, signal } = run
  const applies = config.command === 'migrate' && !config.dryRun
  if (config.rehearse === 'off') return withoutRehearsal(run, applies)
  system.observe({ kind: 'stage', stage: 'rehearse' })
  const bookkeeping = makeBookkeeping(known.target, writerOf(config), known.schemaExists)
  gathered.rehearsal = await rehearse({
    session,
    backend: known.backend,
    migrations,
    bookkeeping,
    settings: known.settings,
    observe: system.observe,
    watch,
    signal,
    lossIsFailure: run.lastTry,
  })
  if (signal.aborted) return false
  const failed = gathered.rehearsal.find((one) => one.state === 'failed')
  if (failed && applies) {
    gathered.outcomes = migrations.map(notRun)
    await recordRehearsalFailure(run, migrations, failed)
  }
  return applies && !failed
}

function withoutRehearsal({ gathered }: Way, applies: boolean): boolean {
  const note = 'Nothing was rehearsed: rehearse is off.'
  gathered.notes = [...(gathered.notes ?? []), note]
  return applies
}

/** A migration that was to be applied and could not be is part of the history, though nothing of it was kept. */
async function recordRehearsalFailure(
  run: Way,
  migrations: readonly RunnableMigration[],
  failed: Rehearsed,
): Promise<void> {
  const { session, config, known, gathered } = run
  const migration = migrations.find(({ file }) => file.version === failed.version)
  if (!migration || failed.failure?.code === 'connection-lost') return
  const books = makeBookkeeping(known.target, writerOf(config), known.schemaExists)
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
    `BEGIN;\nSET LOCAL search_path = pg_catalog;\n${books.ensure}\n${failure}\nCOMMIT;`,
  )
  if (!reply.error) return
  await session.send('ROLLBACK;')
  gathered.notes = [...(gathered.notes ?? []), `The failure could not be recorded: ${reply.error.message}.`]
}

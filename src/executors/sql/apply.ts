import type { Outcome } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Executor, Work } from '../executor.js'
import { applyInTransaction } from './apply-in-transaction.js'
import { applyOutsideTransaction } from './apply-outside-transaction.js'

/** Our own executor: plain SQL over one connection, a transaction a file. */
export const applySql: Executor = async (work) => {
  const outcomes = work.migrations.map(notRun)
  for (const [index, migration] of work.migrations.entries()) {
    const count = work.migrations.length
    work.observe({ kind: 'applying', name: migration.file.name, index: index + 1, count })
    const outcome = await applyOne(work, migration)
    outcomes[index] = outcome
    work.observe({ kind: 'applied', outcome, index: index + 1, count })
    if (outcome.state !== 'applied') break
  }
  return outcomes
}

/** The outcome of a migration before it is reached. */
export function notRun(migration: RunnableMigration): Outcome {
  const { version, name, path } = migration.file
  return { version, name, path, state: 'not-run', durationMs: 0, mode: migration.mode, attempts: 0 }
}

async function applyOne(work: Work, migration: RunnableMigration): Promise<Outcome> {
  const started = performance.now()
  const apply = migration.mode === 'transaction' ? applyInTransaction : applyOutsideTransaction
  const result = await apply(work, migration)
  return { ...notRun(migration), durationMs: Math.round(performance.now() - started), ...result }
}

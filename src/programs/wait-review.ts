import type { RunnableMigration } from '../model/plan.js'
import { waitReviewWindow } from '../terminal/wait-review-window.js'
import { tellCancelled } from './permission/tell-refusals.js'
import type { Way } from './way.js'

/**
 * Time for somebody to stop it, under the lock, so that nothing changes meanwhile.
 *
 * @returns whether nobody did; where somebody did, the history says so
 */
export async function waitReview(run: Way, migrations: readonly RunnableMigration[]): Promise<boolean> {
  const { config, system, signal, known } = run
  const { runUrl } = config.run
  const waited = await waitReviewWindow(config.gate.reviewWindowMs, {
    observe: system.observe,
    signal,
    about: {
      names: migrations.map(({ file }) => file.name),
      undoes: config.command === 'rollback',
      environment: config.environment.name,
      database: known.target.database,
      ...(runUrl === undefined ? {} : { runUrl }),
    },
  })
  if (waited === 'over') return true
  await tellCancelled(run, 'in its review window')
  return false
}

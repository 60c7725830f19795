import type { Config } from '../../model/config.js'
import type { RunnableMigration } from '../../model/plan.js'
import { UserError } from '../../model/user-error.js'
import { fillValues } from '../../plan/fill-values.js'
import type { System } from '../system.js'

/** @throws UserError for variables that are not there: nothing is sent without them */
export function fillAll(
  runnable: readonly RunnableMigration[],
  config: Config,
  { mask }: System,
): readonly RunnableMigration[] {
  const { migrations, values, problems } = fillValues(
    runnable,
    config.variableOf,
    config.environment.urlVariable,
  )
  const spellings = config.hide(values)
  if (spellings.length > 0) mask?.(spellings)
  if (problems.length > 0) throw new UserError(problems)
  return migrations
}

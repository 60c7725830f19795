import { chooseUrlVariables } from './choose-database.js'
import type { ChosenEnvironment } from './choose-environment.js'
import { SHADOW_VARIABLE } from './choose-rehearsal.js'
import { LOCKING } from './command-groups.js'
import { given } from './given.js'
import { healthVariables } from './health-variables.js'
import { INPUTS } from './inputs.js'
import { notificationsFor, notificationVariables } from './notification-variables.js'
import type { Sources } from './sources.js'

/** A variable of the environment that a run reads. */
export interface NeededVariable {
  readonly name: string
  /** The run can do without, and says so. */
  readonly isOptional: boolean
  /** See `MappingQuestion.onlyInWords`. */
  readonly onlyInWords?: boolean
}

/** The variables with secrets that a command reads in an environment, whether they are set or not. */
export function neededVariables(chosen: ChosenEnvironment, sources: Sources): readonly NeededVariable[] {
  const { command, connects, inputs, file } = sources
  if (command === undefined || !connects) return []
  const { settings } = chosen
  const substitutes = LOCKING.includes(command) ? (file?.document.database?.migrations?.substitute ?? []) : []
  const shadow =
    INPUTS['shadow-url'].commands.includes(command) && !given(inputs, 'shadow-url')
      ? [settings.shadow_url_env ?? SHADOW_VARIABLE]
      : []
  const needed = [
    ...chooseUrlVariables(chosen, sources),
    ...[
      ...shadow,
      ...substitutes.map((one) => (typeof one === 'string' ? one : one.name)),
      ...healthVariables(settings, sources),
    ].map((name) => ({ name, isOptional: false })),
    ...notificationVariables(notificationsFor(chosen.environment.name, command, file)).map((name) => ({
      name,
      isOptional: true,
    })),
  ]
  return needed.filter(({ name }, index) => needed.findIndex((other) => other.name === name) === index)
}

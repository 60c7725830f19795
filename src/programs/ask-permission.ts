import { decide, needsApproval } from '../gate/decide.js'
import { mayConnect } from '../gate/may-connect.js'
import { isRefusal } from '../gate/refuse.js'
import type { Config } from '../model/config.js'
import type { Permission, Refusal } from '../model/permission.js'
import type { ExpectedPlan } from '../model/plan-document.js'
import type { Problem } from '../model/problem.js'
import type { System } from './system.js'

/** What stands against a run before a connection is opened, or who let it be. */
export interface Asked {
  readonly refusals: readonly Problem[]
  /** Nothing but the approval is missing: the event is one that may connect, be it only to have that recorded. */
  readonly lacksApproval: boolean
  /** Where an approval was asked for, and given. */
  readonly permission?: Permission
}

/**
 * Asks whether this job may connect at all, and where something is to be applied, whether that was approved.
 *
 * @param expected the plan that was approved, where one was named
 */
export async function askPermission(
  config: Config,
  system: System,
  signal: AbortSignal,
  expected?: ExpectedPlan,
): Promise<Asked> {
  const { variableOf, gate } = config
  const stranger = mayConnect({
    isInJob: variableOf('GITHUB_ACTIONS') === 'true',
    name: variableOf('GITHUB_EVENT_NAME'),
    payload: gate.event,
    repository: variableOf('GITHUB_REPOSITORY'),
    ephemeral: gate.ephemeral,
  })
  if (stranger.length > 0) return { refusals: stranger, lacksApproval: false }
  const proof = needsApproval(config) ? await prove(config, system, signal, expected) : undefined
  const refusals = decide(config, proof)
  if (proof === undefined || isRefusal(proof)) return { refusals, lacksApproval: needsApproval(config) }
  const isOpen = config.command === 'migrate' && expected === undefined
  const notes = isOpen ? [...proof.notes, WITHOUT_PLAN] : proof.notes
  return { refusals, lacksApproval: false, permission: { ...proof, notes } }
}

/** Also where a workflow hands on the empty output of a job that was left out. */
const WITHOUT_PLAN =
  'No plan was named by expected-plan-hash or plan-file, so what is applied is what is pending now, whatever was looked at when it was approved.'

/** From a bundle of its own: on a person's own machine nobody is asked. */
async function prove(
  ...asked: Parameters<typeof import('./prove-permission.js').provePermission>
): Promise<Permission | Refusal | undefined> {
  const [{ gate }] = asked
  if (gate.approval === undefined) return undefined
  const { provePermission } = await import(/* webpackIgnore: true */ './prove-permission.js')
  return provePermission(...asked)
}

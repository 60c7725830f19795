import { mayConnect } from '../../gate/may-connect.js'
import type { Config } from '../../model/config.js'

/**
 * Whether the checkout of this job may be a stranger's, its configuration too. Then no secret of the job goes where that
 * file says, also where the database is thrown away and may be connected to.
 */
export function isStrangers({ variableOf, gate }: Pick<Config, 'variableOf' | 'gate'>): boolean {
  if (variableOf('GITHUB_ACTIONS') !== 'true') return false
  const refused = mayConnect({
    isInJob: true,
    name: variableOf('GITHUB_EVENT_NAME'),
    payload: gate.event,
    repository: variableOf('GITHUB_REPOSITORY'),
    ephemeral: 'no',
  })
  return refused.length > 0
}

import { SHADOW_WAYS } from '../../database/shadows/shadow-ways.js'
import type { Config } from '../../model/config.js'
import type { NoRehearsal } from '../../model/measured.js'
import type { Problem } from '../../model/problem.js'
import { isProtected } from '../../rehearsal/choose-place.js'

/** Nobody asked for a rehearsal. */
export const REHEARSE_IS_OFF: NoRehearsal = { why: 'rehearse is off', ways: [] }

/** @param whyNot of each kind of shadow a clause: why there is none */
export function noShadow(
  whyNot: readonly string[],
  { rehearseHeldBy: heldBy }: Pick<Config, 'rehearseHeldBy'> = {},
): NoRehearsal {
  const why = `there is no shadow to rehearse on: ${whyNot.join('; ')}`
  return { why, ways: SHADOW_WAYS, ...(heldBy === undefined ? {} : { heldBy }) }
}

/** Nothing is applied that should have been tried on a shadow. */
export function refuseWithoutShadow(
  { environment, rehearse }: Pick<Config, 'environment' | 'rehearse'>,
  { why, ways, heldBy }: NoRehearsal,
): Problem {
  const because =
    rehearse === 'auto' && isProtected(environment)
      ? 'is protected, so nothing is applied there that was not rehearsed, and'
      : `is to be rehearsed (rehearse: ${rehearse}), and`
  return {
    message: `Environment ${environment.name} ${because} ${why}.`,
    help: `${ways.join(' ')} Or say in words what else is wanted: rehearse: target tries the files on the target itself, in a transaction that is rolled back; rehearse: off${heldBy === undefined ? '' : ` in ${heldBy}`} not at all.`,
  }
}

import { missShadow } from '../database/shadows/miss-shadow.js'
import { SHADOW_WAYS } from '../database/shadows/open-shadow.js'
import type { ShadowRequest } from '../database/shadows/shadow.js'
import type { Config } from '../model/config.js'
import type { NoRehearsal } from '../model/measured.js'
import type { Problem } from '../model/problem.js'
import { choosePlace, isProtected } from '../rehearsal/choose-place.js'
import type { Gathered } from '../report/gathered.js'
import type { Way } from './way.js'

/** Nobody asked for a rehearsal. */
export const REHEARSE_IS_OFF: NoRehearsal = { why: 'rehearse is off', ways: [] }

const PLAN_ONLY_READS: NoRehearsal = {
  why: 'plan only reads; dry-run rehearses and applies nothing, and migrate rehearses before it applies',
  ways: [],
}

/** What `plan`, `dry-run` and `migrate` say of a rehearsal that was not come to. */
export function stoppedBefore({ findings = [], drift = [], refusals = [] }: Gathered): NoRehearsal {
  const rules = [...new Set(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule))]
  const named = rules.slice(0, MOST_NAMED).join(', ')
  const more = rules.length > MOST_NAMED ? ` and ${rules.length - MOST_NAMED} more` : ''
  const reasons = [
    ...(refusals.length > 0 ? ['it was refused'] : []),
    ...(drift.length > 0 ? ['an applied file is not what it was'] : []),
    ...(rules.length > 0 ? [`of what was found (${named}${more})`] : []),
  ]
  return {
    why: `the run ended before that, because ${reasons.join(', and ')}`,
    ways: ['Mend that first, then run dry-run: it rehearses what is pending.'],
  }
}

const MOST_NAMED = 5

/** What is asked of a shadow for this run. */
export function shadowRequest({ config, known }: Pick<Way, 'config' | 'known'>): ShadowRequest {
  const { shadowUrl } = config.rehearsal
  return {
    target: known.target,
    isProtected: isProtected(config.environment),
    ...(shadowUrl === undefined ? {} : { shadowUrl }),
    redact: config.redact,
    run: config.run,
    searched: [config.base],
  }
}

/** What `plan` says of a rehearsal: that it does none, and whether one could be done. */
export async function tellOfShadow(run: Way): Promise<void> {
  const { config, gathered } = run
  const place = choosePlace(config)
  const missed = place === 'shadow' ? await missShadow(shadowRequest(run)) : undefined
  if (place === 'off') gathered.notRehearsed = REHEARSE_IS_OFF
  else gathered.notRehearsed = missed ? noShadow(missed.why) : PLAN_ONLY_READS
}

/** @param whyNot of each kind of shadow a clause: why there is none */
export function noShadow(whyNot: readonly string[]): NoRehearsal {
  return { why: `there is no shadow to rehearse on: ${whyNot.join('; ')}`, ways: SHADOW_WAYS }
}

/** Nothing is applied that should have been tried on a shadow. */
export function refuseWithoutShadow(
  { environment, rehearse }: Pick<Config, 'environment' | 'rehearse'>,
  { why, ways }: NoRehearsal,
): Problem {
  const because =
    rehearse === 'auto' && isProtected(environment)
      ? 'is protected, so nothing is applied there that was not rehearsed, and'
      : `is to be rehearsed (rehearse: ${rehearse}), and`
  return {
    message: `Environment ${environment.name} ${because} ${why}.`,
    help: `${ways.join(' ')} Or say in words what else is wanted: rehearse: target tries the files on the target itself, in a transaction that is rolled back; rehearse: off not at all.`,
  }
}

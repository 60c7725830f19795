import { missShadow } from '../../database/shadows/miss-shadow.js'
import type { NoRehearsal } from '../../model/measured.js'
import { choosePlace } from '../../rehearsal/choose-place.js'
import type { Way } from '../way.js'
import { shadowRequest } from './shadow-request.js'
import { noShadow, REHEARSE_IS_OFF } from './without-rehearsal.js'

/** What `plan` says of a rehearsal: that it does none, and whether one could be done. */
export async function tellOfShadow(run: Way): Promise<void> {
  const { config, gathered } = run
  const place = choosePlace(config)
  const missed = place === 'shadow' ? await missShadow(shadowRequest(run)) : undefined
  if (place === 'off') gathered.notRehearsed = REHEARSE_IS_OFF
  else gathered.notRehearsed = missed ? noShadow(missed.why, config) : PLAN_ONLY_READS
}

const PLAN_ONLY_READS: NoRehearsal = {
  why: 'plan only reads; dry-run rehearses and applies nothing, and migrate rehearses before it applies',
  ways: [],
}

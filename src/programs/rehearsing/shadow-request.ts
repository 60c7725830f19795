import type { ShadowRequest } from '../../database/shadows/shadow.js'
import { isProtected } from '../../rehearsal/choose-place.js'
import type { Way } from '../way.js'

/** What is asked of a shadow for this run. */
export function shadowRequest({
  config,
  known,
  system,
}: Pick<Way, 'config' | 'known' | 'system'>): ShadowRequest {
  const { shadowUrl } = config.rehearsal
  const { observe, shadowAnswersWithinMs } = system
  return {
    target: known.target,
    isProtected: isProtected(config.environment),
    ...(shadowUrl === undefined ? {} : { shadowUrl }),
    redact: config.redact,
    observe,
    ...(shadowAnswersWithinMs === undefined ? {} : { answersWithinMs: shadowAnswersWithinMs }),
    run: config.run,
    searched: [config.base],
  }
}

import type { ShadowRequest } from '../database/shadows/shadow.js'
import { isProtected } from '../rehearsal/choose-place.js'
import type { Way } from './way.js'

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

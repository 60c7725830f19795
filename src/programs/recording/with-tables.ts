import { TRACKING_VERSION } from '../../database/tracking-ddl.js'
import type { Target } from '../../model/target.js'

/** A target as it is when something has been recorded on it: the tracking tables are there, and of this version. */
export function withTables(target: Target): Target {
  return { ...target, tracking: { ...target.tracking, version: TRACKING_VERSION } }
}

import type { TargetIdentity } from '../model/plan-document.js'
import type { Target } from '../model/target.js'

/**
 * What a plan is bound to: the server's own identifier, which its standbys share and no other server has, and the
 * database. Only where the role may not ask for the identifier, host and port as they were connected to.
 */
export function identifyTarget({
  database,
  host,
  port,
  systemIdentifier,
}: Pick<Target, 'database' | 'host' | 'port' | 'systemIdentifier'>): TargetIdentity {
  return systemIdentifier === undefined
    ? { database, host: host.toLowerCase(), port: String(port) }
    : { database, system: systemIdentifier }
}

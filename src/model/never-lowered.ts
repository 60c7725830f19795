import type { EnvironmentClass } from './environment-class.js'
import type { RuleId } from './rule-ids.js'

/**
 * Rules whose findings stop a run whatever the configuration says, by the classes of environments in which they do.
 * Known here so that a configuration that tries is refused before anything is read; a test compares it with the rules.
 */
export const NEVER_LOWERED: Readonly<Partial<Record<RuleId, readonly EnvironmentClass[]>>> = {
  'alter-system': ['production'],
  'copy-program': ['production'],
  'copy-server-file': ['production'],
  'drop-database': ['production'],
  'drop-owned': ['production'],
  'drop-schema-cascade': ['production'],
  'secret-in-sql': ['production'],
  'server-program-role': ['production'],
  'superuser-role': ['production'],
  'truncate-cascade': ['production'],
  'write-to-system-schema': ['production'],
}

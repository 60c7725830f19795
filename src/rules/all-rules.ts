import type { RuleId } from '../model/rule-ids.js'
import { DATA_RULES } from './data/data-rules.js'
import { DESIGN_RULES } from './design/design-rules.js'
import { DESTRUCTIVE_RULES } from './destructive/destructive-rules.js'
import { LOCK_RULES } from './locks/lock-rules.js'
import { MEASURED_RULES } from './measured/measured-rules.js'
import { RLS_RULES } from './rls/rls-rules.js'
import type { Rule } from './rule.js'
import { SECURITY_RULES } from './security/security-rules.js'
import { TRANSACTION_RULES } from './transactions/transaction-rules.js'

/**
 * Every rule by its id. To add one: name it in `model/rule-ids.ts`, write its file in the folder of its group, and list
 * it there; what is forgotten does not compile.
 */
export const RULES: Readonly<Record<RuleId, Rule>> = {
  ...LOCK_RULES,
  ...TRANSACTION_RULES,
  ...DESTRUCTIVE_RULES,
  ...DATA_RULES,
  ...SECURITY_RULES,
  ...RLS_RULES,
  ...MEASURED_RULES,
  ...DESIGN_RULES,
}

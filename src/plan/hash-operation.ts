import type { Config } from '../model/config.js'
import type { AppliedRecord } from '../model/history.js'
import type { ForcedRules } from '../model/plan-document.js'
import type { Target } from '../model/target.js'
import { digestApplied } from './digest-applied.js'
import { identifyTarget } from './identify-target.js'
import { listApplied } from './list-applied.js'
import { makePolicy } from './make-policy.js'
import { sha256Json } from './sha256-json.js'

/** What an operation that brings in no pending migration would do, as far as approving it hangs on. */
export interface OperationFacts {
  /** In order: what is done to which version, and what it becomes. */
  readonly steps: readonly Readonly<Record<string, string>>[]
  readonly records: readonly AppliedRecord[]
  readonly target: Pick<Target, 'database' | 'host' | 'port' | 'systemIdentifier'>
  readonly config: Parameters<typeof makePolicy>[0] & Pick<Config, 'command' | 'gate'>
  readonly forced?: readonly ForcedRules[]
}

/**
 * `v1:sha256:` over the canonical JSON of what would be done, where, on top of what and under which rules: what
 * `expected-plan-hash` holds a rollback, a repair or a baseline to. It is never that of a plan of pending migrations.
 */
export function hashOperation({ steps, records, target, config, forced = [] }: OperationFacts): string {
  const policy = makePolicy(config, config.gate.approval, forced)
  return `v1:${sha256Json({
    format: 'devflow-migrate operation 1',
    command: config.command,
    steps: steps.map((step) => ({ ...step })),
    target: { ...identifyTarget(target) },
    applied: digestApplied(listApplied(records)),
    policy: { ...policy, forced: policy.forced.map(({ version, rules }) => ({ version, rules })) },
  })}`
}

import type { Config } from '../model/config.js'
import type { ApprovalPolicy } from '../model/permission.js'
import type { ForcedRules, PlanPolicy } from '../model/plan-document.js'
import { versionKey } from '../model/version.js'
import { byBytes } from './by-bytes.js'

/**
 * What of the configuration changes what would be run or let through. Only what is set counts, never a default of ours
 * that is the same for everybody: a new version of this tool does not void a plan by it.
 *
 * @param approval absent where none is asked for
 */
export function makePolicy(
  config: Pick<Config, 'environment' | 'transaction' | 'allowOutOfOrder' | 'only' | 'to' | 'judging'> &
    Partial<Pick<Config, 'format'>>,
  approval: ApprovalPolicy | undefined,
  forced: readonly ForcedRules[],
): PlanPolicy {
  const { environment, transaction, allowOutOfOrder, only, to, judging } = config
  return {
    environment: environment.name,
    class: environment.class,
    approval: spellApproval(approval),
    transaction,
    ...(config.format === 'supabase' ? { executor: config.format } : {}),
    outOfOrder: allowOutOfOrder,
    only: only === undefined ? null : versionKey(only),
    to: to === undefined ? null : versionKey(to),
    force: judging.force,
    forced: [...forced]
      .sort((a, b) => byBytes(a.version, b.version))
      .map(({ version, rules }) => ({ version, rules: [...rules].sort(byBytes) })),
    rules: Object.fromEntries(judging.levels),
    excluded: Object.fromEntries(
      [...judging.excludes].map(([rule, globs]) => [rule, [...globs].sort(byBytes)]),
    ),
  }
}

/** By the names that the configuration has for it; the GitHub environment only where its reviewers are asked. */
function spellApproval(policy: ApprovalPolicy | undefined): PlanPolicy['approval'] {
  if (policy === undefined) return { kind: 'none' }
  const { kind, githubEnvironment, selfApproval, rerun, team } = policy
  return {
    kind,
    ...(kind === 'github-environment' ? { 'github-environment': githubEnvironment } : {}),
    'self-approval': selfApproval,
    rerun,
    ...(team === undefined ? {} : { team }),
  }
}

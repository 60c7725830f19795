import type { HashedPlan } from '../model/plan-document.js'
import { sha256Json } from './sha256-json.js'

/** `v1:sha256:` over the canonical JSON of the plan. docs/plan-hash.md says how anybody can compute it. */
export function hashPlan(plan: HashedPlan): string {
  const { format, migrations, target, applied, policy } = plan
  return `v1:${sha256Json({
    format,
    migrations: migrations.map(({ version, checksum, mode }) => ({ version, checksum, mode })),
    target: { ...target },
    applied,
    policy: { ...policy, forced: policy.forced.map(({ version, rules }) => ({ version, rules })) },
  })}`
}

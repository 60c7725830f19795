import type { PlanDifference, TargetIdentity } from '../model/plan-document.js'

/** Another server, another database. */
export function compareTargets(expected: TargetIdentity, present: TargetIdentity): PlanDifference[] {
  const database: PlanDifference[] =
    expected.database === present.database
      ? []
      : [
          {
            field: 'target.database',
            kind: 'database',
            message: `The plan was made for the database ${expected.database}, and this is the database ${present.database}.`,
            expected: expected.database,
            present: present.database,
          },
        ]
  return [...compareServers(expected, present), ...database]
}

function compareServers(expected: TargetIdentity, present: TargetIdentity): PlanDifference[] {
  const [before, now] = [describeServer(expected), describeServer(present)]
  if (before === now) return []
  const isOther = 'system' in expected === 'system' in present
  const message = isOther
    ? `The plan was made for another server: for ${before}, and this is ${now}.`
    : `Whether the plan was made for this server can not be told: it was made for ${before}, and this is ${now}. The system identifier is there only for a role that may run pg_control_system(): grant that to both roles.`
  return [{ field: 'target.server', kind: 'server', message, expected: before, present: now }]
}

function describeServer(target: TargetIdentity): string {
  return 'system' in target ? `system identifier ${target.system}` : `${target.host}:${target.port}`
}

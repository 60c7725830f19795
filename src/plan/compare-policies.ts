import type { PlanDifference, PlanPolicy } from '../model/plan-document.js'

/**
 * Each setting that is not as it was when the plan was made, by its name.
 *
 * @param leave versions of which it is not told what was forced
 */
export function comparePolicies(
  expected: PlanPolicy,
  present: PlanPolicy,
  leave: ReadonlySet<string>,
): PlanDifference[] {
  const before = flatten(expected, leave)
  const now = flatten(present, leave)
  const fields = [...before.keys(), ...[...now.keys()].filter((field) => !before.has(field))]
  return fields.flatMap((field) => differenceOf(field, before.get(field), now.get(field)))
}

/** Without what is not set. */
function flatten(policy: PlanPolicy, leave: ReadonlySet<string>): Map<string, string> {
  const { environment, class: ofClass, approval, transaction, outOfOrder, only, to, force } = policy
  const forced = policy.forced
    .filter(({ version }) => !leave.has(version))
    .map(({ version, rules }) => [version, rules.join(', ')] as const)
  return new Map([
    ['environment', environment],
    ['class', ofClass],
    ...under('approval', Object.entries(approval)),
    ['transaction', transaction],
    ...(policy.executor === undefined ? [] : [['executor', policy.executor] as const]),
    ['outOfOrder', String(outOfOrder)],
    ...(only === null ? [] : [['only', only] as const]),
    ...(to === null ? [] : [['to', to] as const]),
    ['force', String(force)],
    ...under('forced', forced),
    ...under('rules', Object.entries(policy.rules)),
    ...under(
      'excluded',
      Object.entries(policy.excluded).map(([rule, globs]) => [rule, JSON.stringify(globs)]),
    ),
  ])
}

function under(field: string, entries: readonly (readonly [string, string])[]): [string, string][] {
  return entries.map(([name, value]) => [`${field}.${name}`, value])
}

function differenceOf(
  field: string,
  expected: string | undefined,
  present: string | undefined,
): PlanDifference[] {
  if (expected === present) return []
  const before = expected === undefined ? 'not set' : expected || 'empty'
  const now = present === undefined ? 'not set' : present || 'empty'
  return [
    {
      field: `policy.${field}`,
      kind: 'policy',
      message: `${nameOf(field)} was ${before} when the plan was made, and is ${now} now.`,
      ...(expected === undefined ? {} : { expected }),
      ...(present === undefined ? {} : { present }),
    },
  ]
}

function nameOf(field: string): string {
  const [group = '', ...rest] = field.split('.')
  return WORDS[field] ?? `${GROUPS[group] ?? group} ${rest.join('.')}`
}

const GROUPS: Readonly<Record<string, string>> = {
  approval: 'In the approval, the',
  forced: 'What is forced in',
  rules: 'The configured level of the rule',
  excluded: 'What is kept from the rule',
}

const WORDS: Readonly<Record<string, string>> = {
  environment: 'The environment',
  class: 'The class of the environment',
  transaction: 'The setting transaction',
  executor: 'The executor (format)',
  outOfOrder: 'The input allow-out-of-order',
  only: 'The input version',
  to: 'The input to',
  force: 'Forcing (FORCE_RUN)',
}

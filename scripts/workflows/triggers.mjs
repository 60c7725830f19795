import { whatStepDoes } from './applies.mjs'

/** Each gives code that somebody else wrote, or chose, what only the repository's own code may have. */
const dangerous = ['pull_request_target', 'workflow_run', 'issue_comment']

/** Triggers that no workflow here may have, and secrets that are passed on unnamed. */
export function findDangerousTriggers({ on, jobs }) {
  const triggers = typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on ?? {})
  const inherits = Object.entries(jobs ?? {}).filter(([, { secrets }]) => secrets === 'inherit')
  return [
    ...triggers
      .filter((name) => dangerous.includes(name))
      .map((name) => `the trigger ${name} is not for migrations`),
    ...inherits.map(
      ([id]) => `job ${id}: secrets: inherit passes on every secret; name those that are needed`,
    ),
  ]
}

/** What applies to production waits for a GitHub environment, which is where somebody approves it. */
export function findUngated({ jobs }) {
  return Object.entries(jobs)
    .filter(([, { environment, steps = [] }]) => environment === undefined && steps.some(reachesProduction))
    .map(
      ([id]) =>
        `job ${id}: applies to production without a GitHub environment that could ask for an approval`,
    )
}

function reachesProduction(step) {
  if (whatStepDoes(step) !== 'applies') return false
  return /production/.test(String(step.with?.environment ?? '')) || /--env[= ]production/.test(step.run ?? '')
}

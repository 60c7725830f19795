import type { InputName, Inputs } from '../model/inputs.js'

const names: Readonly<Record<InputName, true>> = {
  command: true,
  environment: true,
  config: true,
  directory: true,
  'working-directory': true,
  'database-url': true,
  'dry-run': true,
  version: true,
  to: true,
  'allow-out-of-order': true,
  rehearse: true,
  'shadow-url': true,
  'expected-plan-hash': true,
  'plan-file': true,
  confirm: true,
  'review-window': true,
  'github-token': true,
  ephemeral: true,
  comment: true,
  'move-target': true,
  backup: true,
  'backup-id': true,
  'backup-verify': true,
  'backup-directory': true,
  'backup-keep': true,
  'backup-format': true,
  file: true,
  create: true,
  force: true,
  'lock-wait': true,
  'lock-timeout': true,
  'statement-timeout': true,
  'idle-in-transaction-session-timeout': true,
  'transaction-timeout': true,
  transaction: true,
  'tls-ca': true,
  'log-file': true,
  'sarif-file': true,
  'junit-file': true,
  'schema-dump': true,
  since: true,
  all: true,
  format: true,
  steps: true,
  propose: true,
  applied: true,
  reverted: true,
  'accept-checksum': true,
  clear: true,
  reason: true,
  verify: true,
  'round-trip': true,
  from: true,
  'from-table': true,
  accept: true,
  undo: true,
}

/** The inputs that the action reads; action.yml must declare exactly these. */
export const ACTION_INPUTS = Object.keys(names) as readonly InputName[]

/**
 * What the workflow gave. The runner passes an input as `INPUT_` and its name in capitals, hyphens kept, and an
 * input that was not given as an empty text. Other variables of that form are none of ours.
 */
export function gatherInputs(
  env: Readonly<Record<string, string | undefined>>,
  currentFolder = process.cwd(),
): Inputs {
  const given = ACTION_INPUTS.flatMap((name) => {
    const value = env[`INPUT_${name.toUpperCase()}`]?.trim() ?? ''
    return value === '' ? [] : [[name, value] as const]
  })
  const workspace = env.GITHUB_WORKSPACE || currentFolder
  return {
    entry: 'action',
    given: Object.fromEntries(given),
    variables: env,
    folder: workspace,
    boundary: workspace,
    ci: true,
    verbose: env.RUNNER_DEBUG === '1',
  }
}

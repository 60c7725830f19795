import { hashOperation, type OperationFacts } from '../../plan/hash-operation.js'
import { makePlan } from '../../plan/make-plan.js'
import type { Way } from '../way.js'

/**
 * Gives what would be done its hash, and where one was approved, compares the two, under the lock: what is not the approved
 * one is refused.
 */
export function settleOperation(
  run: Way,
  { steps, forced = [] }: Pick<OperationFacts, 'steps' | 'forced'>,
): void {
  const { config, gathered, known } = run
  const { files = [], refusals = [], expected } = gathered
  const { records, target } = known
  const hash = hashOperation({ steps, records, target, config, forced })
  const { plan } = makePlan(files, records, { allowOutOfOrder: true })
  gathered.plan = { migrations: [], deferred: plan.migrations, hash }
  if (expected !== undefined && expected.hash !== hash)
    gathered.refusals = [...refusals, notExpected(config.command, expected.hash, hash)]
}

function notExpected(command: string, expected: string, present: string) {
  return {
    message: `expected-plan-hash is ${expected}, and what this ${command} would do has the hash ${present}.`,
    help: 'Look at it again in a dry run, and give its hash: the history, a file, a setting or what was asked for is not as it was.',
  }
}

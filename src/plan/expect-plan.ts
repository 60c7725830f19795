import { type ExpectedPlan, PLAN_HASH_FORM, type PlanDocument } from '../model/plan-document.js'
import { UserError } from '../model/user-error.js'

/**
 * What `expected-plan-hash` and a plan file say, which must agree.
 *
 * @param given the input, as it is
 * @throws UserError for what is no plan hash, or not that of the file
 */
export function expectPlan(given: string | undefined, document?: PlanDocument): ExpectedPlan | undefined {
  const hash = given?.trim() || undefined
  if (hash !== undefined && !PLAN_HASH_FORM.test(hash)) throw wrongForm(hash)
  if (hash === undefined) return document && { hash: document.hash, document }
  if (document === undefined) return { hash }
  if (document.hash !== hash) throw otherPlan(hash, document.hash)
  return { hash, document }
}

function wrongForm(hash: string): UserError {
  const old = hash.startsWith('v0:') ? ' It was made by an older version of this tool.' : ''
  return new UserError([
    {
      message: `expected-plan-hash is ${JSON.stringify(hash.slice(0, 100))}, and a plan hash is v1:sha256: and 64 hexadecimal digits in lower case.${old}`,
      help: 'Give the output plan-hash of a plan or dry-run, as it is.',
    },
  ])
}

function otherPlan(hash: string, ofFile: string): UserError {
  return new UserError([
    {
      message: `expected-plan-hash is ${hash}, and the plan file is that of ${ofFile}.`,
      help: 'Give the hash and the file of one plan, or one of the two.',
    },
  ])
}

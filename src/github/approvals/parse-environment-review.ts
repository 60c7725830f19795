import type { EnvironmentReview } from '../../model/approval-facts.js'
import { cutComment } from './cut-comment.js'
import { given, listOf, numberOf, textOf } from './json-shape.js'
import { parseAccount } from './parse-account.js'

/** Undefined where it is no review, or one in a state that is not known: what is not understood must not be passed over. */
export function parseEnvironmentReview(value: unknown): EnvironmentReview | undefined {
  const state = textOf(value, 'state')
  const environments = listOf(value, 'environments')
  if (state !== 'approved' && state !== 'rejected' && state !== 'pending') return undefined
  if (environments === undefined) return undefined
  return {
    state,
    environments: environments.flatMap((one) => {
      const name = textOf(one, 'name')
      return name === undefined ? [] : [{ name, ...given('id', numberOf(one, 'id')) }]
    }),
    ...given('by', parseAccount((value as { user?: unknown }).user)),
    comment: cutComment(textOf(value, 'comment')),
  }
}

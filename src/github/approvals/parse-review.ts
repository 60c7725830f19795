import type { ReviewFacts } from '../../model/approval-facts.js'
import { cutComment } from './cut-comment.js'
import { fieldOf, given, numberOf, textOf } from './json-shape.js'
import { parseAccount } from './parse-account.js'

const STATES: readonly string[] = ['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING']

/** Undefined where it is no review, or one in a state that is not known. */
export function parseReview(value: unknown): ReviewFacts | undefined {
  const id = numberOf(value, 'id')
  const state = textOf(value, 'state')?.toUpperCase() ?? ''
  if (id === undefined || !STATES.includes(state)) return undefined
  return {
    id,
    state: state as ReviewFacts['state'],
    ...given('by', parseAccount(fieldOf(value, 'user'))),
    ...given('commitSha', textOf(value, 'commit_id')),
    ...given('submittedAt', textOf(value, 'submitted_at')),
    body: cutComment(textOf(value, 'body')),
    ...given('url', textOf(value, 'html_url')),
  }
}

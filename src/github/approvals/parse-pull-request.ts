import type { PullRequestFacts } from '../../model/approval-facts.js'
import { fieldOf, given, numberOf, textOf } from './json-shape.js'

/** As a single one and as one of a list. Undefined where it is none. */
export function parsePullRequest(value: unknown): PullRequestFacts | undefined {
  const number = numberOf(value, 'number')
  const headSha = textOf(value, 'head', 'sha')
  if (number === undefined || headSha === undefined) return undefined
  return {
    number,
    headSha,
    ...given('url', textOf(value, 'html_url')),
    ...given('author', textOf(value, 'user', 'login')),
    ...given('mergeSha', textOf(value, 'merge_commit_sha')),
    // A list has only the time.
    isMerged: fieldOf(value, 'merged') === true || textOf(value, 'merged_at') !== undefined,
  }
}

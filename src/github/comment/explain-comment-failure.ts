import type { CommentPlace } from '../../model/comment.js'
import type { Problem } from '../../model/problem.js'
import type { RestFailure } from '../../model/rest-failure.js'

interface Known {
  /** The pull request is of a fork. */
  readonly isFork: boolean
  /** What was tried: `written`, `deleted`. */
  readonly done?: 'written' | 'deleted' | 'marked as out of date'
}

const SUMMARY = 'The summary of the run has all that the comment would.'

/** Why there is no comment, or not the one that should be there, with the way out of each. */
export function explainCommentFailure(
  failure: RestFailure,
  { number, repository }: CommentPlace,
  { isFork, done = 'written' }: Known,
): Problem {
  const lead = `The comment on pull request ${number} was not ${done}`
  const because = (why: string, help = SUMMARY): Problem => ({ message: `${lead}: ${why}.`, help })
  switch (failure.kind) {
    case 'forbidden':
      return explainForbidden(failure, isFork, because)
    case 'not-found':
      return because(
        `there is nothing at ${failure.asked} (404 or 410)`,
        `Check that ${repository} has a pull request ${number}, and that the token is of this repository. ${SUMMARY}`,
      )
    case 'unauthorised':
      return because('GitHub does not accept the token (401)', TOKEN)
    case 'rejected':
      return because(`GitHub refused ${failure.asked} (${failure.status})${said(failure.message)}`)
    case 'rate-limited':
      return because(
        'GitHub was asked too often with this token',
        failure.retryAt === undefined ? SUMMARY : `Run the job again after ${failure.retryAt}. ${SUMMARY}`,
      )
    case 'server-error':
      return because(`GitHub answered ${failure.status} each time`)
    case 'unreachable':
      return because(`GitHub can not be reached, ${failure.detail}`)
    case 'unreadable':
      return because(`the answer of ${failure.asked} can not be read, ${failure.detail}`)
    case 'cancelled':
      return because('the run was asked to end')
  }
}

const TOKEN = `Pass the token of the job: github-token: \${{ github.token }} under with, or GITHUB_TOKEN under env for the command line. ${SUMMARY}`

function explainForbidden(
  { message, asked }: RestFailure & { kind: 'forbidden' },
  isFork: boolean,
  because: (why: string, help?: string) => Problem,
): Problem {
  if (/\blocked\b/i.test(message))
    return because(`its conversation is locked${said(message)}`, `Unlock it for new comments. ${SUMMARY}`)
  if (isFork)
    return because(
      `the run of a fork’s pull request has a token that only reads (403 for ${asked})`,
      `No permission in the workflow changes that. ${SUMMARY}`,
    )
  return because(
    `the token lacks the permission pull-requests: write (403 for ${asked})${said(message)}`,
    `Add to the job, with what else it needs under permissions, for what is not named there is taken away. The run of a fork’s pull request, or of Dependabot, never has it: there the summary of the run has all of it.\npermissions:\n  contents: read\n  pull-requests: write`,
  )
}

/** GitHub's own words, which tell of single sign-on, address lists and the like. */
function said(message: string): string {
  return message === '' ? '' : `: ${message.replace(/\.$/, '')}`
}

import type { CommentMarker } from '../model/comment.js'
import type { Report } from '../model/report.js'
import { encodeUriPart } from './encode-uri.js'

interface MadeOf {
  /** `project.name` of the configuration. */
  readonly project?: string | undefined
  /** The commit that the pull request ended with when the run began. */
  readonly commitSha: string
}

/** What tells the comment of a report from every other. */
export function makeCommentMarker(
  { command, environment, startedAt }: Pick<Report, 'command' | 'environment' | 'startedAt'>,
  { project = '', commitSha }: MadeOf,
): CommentMarker {
  const about = command === 'validate' || command === 'graph' ? 'files' : 'target'
  return { project, environment, about, commitSha, startedAt }
}

/** One line of HTML that nobody sees; `github/comment/parse-marker.ts` reads it. No name can end it early. */
export function renderCommentMarker(marker: CommentMarker): string {
  const { project, environment, about, commitSha, startedAt } = marker
  const slot = `${encode(project)}/${encode(environment)}`
  return `<!-- devflow-migrate: ${slot} about=${about} commit=${encode(commitSha)} at=${encode(startedAt)} -->`
}

/** Some readers end a comment of HTML at two hyphens. */
function encode(text: string): string {
  return encodeUriPart(text).replaceAll('--', '%2D%2D')
}

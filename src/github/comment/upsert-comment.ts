import type { CommentMode, CommentPlace, CommentResult, PullRequestComment } from '../../model/comment.js'
import { fieldOf, textOf } from '../approvals/json-shape.js'
import { parsePullRequest } from '../approvals/parse-pull-request.js'
import type { Rest } from '../rest.js'
import { decideComment } from './decide-comment.js'
import { explainCommentFailure } from './explain-comment-failure.js'
import { findMarked, type Marked } from './find-marked.js'
import { findOwnLogin } from './find-own-login.js'
import { isOwn } from './is-own.js'
import { leaveComment } from './leave-comment.js'
import { writeComment } from './write-comment.js'

/**
 * Leaves one comment of its slot on a pull request: the one that is there is found by its marker among those that the
 * token's own account wrote. What GitHub does not take is told in a note; nothing here throws, and no run fails for it.
 */
export async function upsertComment(
  rest: Rest,
  place: CommentPlace,
  comment: PullRequestComment,
  mode: CommentMode,
): Promise<CommentResult> {
  if (mode === 'off') return { state: 'off', notes: [] }
  const path = `/repos/${place.repository}`
  const pulled = await rest.get(`${path}/pulls/${place.number}`)
  // Whoever may comment may not always read it. It tells only whether the branch has moved on.
  if (pulled.failure !== undefined && pulled.failure.kind !== 'forbidden')
    return { state: 'failed', notes: [explainCommentFailure(pulled.failure, place, { isFork: false })] }
  const pull = parsePullRequest(pulled.value)
  const isFork = isOfFork(pulled.value)
  const listed = await rest.getAll(`${path}/issues/${place.number}/comments?per_page=100`)
  if (listed.failure)
    return { state: 'failed', notes: [explainCommentFailure(listed.failure, place, { isFork })] }
  const { own, login } = await chooseOwn(rest, findMarked(listed.value, comment.marker))
  const way = { rest, path, place, comment, isFork }
  const decision = decideComment(comment.marker, own[0], pull)
  return decision.kind === 'leave'
    ? leaveComment(way, decision)
    : writeComment(way, { own, login, mode, moved: decision.moved })
}

/** A fork that was deleted is told as none. */
function isOfFork(pull: unknown): boolean {
  if (fieldOf(pull, 'head', 'repo') === null) return true
  const head = textOf(pull, 'head', 'repo', 'full_name')
  const base = textOf(pull, 'base', 'repo', 'full_name')
  return head !== undefined && base !== undefined && head !== base
}

async function chooseOwn(
  rest: Rest,
  marked: readonly Marked[],
): Promise<{ readonly own: readonly Marked[]; readonly login?: string | undefined }> {
  if (marked.length === 0) return { own: [] }
  const login = await findOwnLogin(rest)
  return { own: marked.filter(({ facts }) => isOwn(facts, login)), login }
}

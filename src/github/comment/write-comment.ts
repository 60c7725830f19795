import type { CommentMode, CommentResult, Moved } from '../../model/comment.js'
import type { Problem } from '../../model/problem.js'
import type { RestFailure } from '../../model/rest-failure.js'
import { given, textOf } from '../approvals/json-shape.js'
import type { CommentWay } from './comment-way.js'
import { deleteComments } from './delete-comments.js'
import { explainCommentFailure } from './explain-comment-failure.js'
import type { Marked } from './find-marked.js'
import { patchComment } from './patch-comment.js'

interface There {
  /** The comments that it takes the place of, the newest first. */
  readonly own: readonly Marked[]
  /** The account they are of; undefined where it is not known. */
  readonly login?: string | undefined
  readonly mode: CommentMode
  readonly moved?: Moved | undefined
}

/** Creates the comment, or replaces what is there. A new one is there before an old one goes. */
export async function writeComment(way: CommentWay, there: There): Promise<CommentResult> {
  const { comment, place } = way
  const { own, mode, moved } = there
  const body = moved === undefined ? comment.body : comment.outdated(comment.body, moved)
  const notes = moved === undefined ? [] : [tellMoved(place.number, moved)]
  const result =
    own[0] === undefined
      ? await create(way, body)
      : mode === 'recreate'
        ? await recreate(way, there, body)
        : await update(way, own[0], there, body)
  return { ...result, notes: [...notes, ...result.notes] }
}

function tellMoved(number: number, { commitSha, headSha }: Moved): Problem {
  return {
    message: `Pull request ${number} has moved on from commit ${commitSha.slice(0, 7)}, which this run is for, to ${headSha.slice(0, 7)}; its comment says so.`,
    help: 'The run of the newest commit replaces it.',
  }
}

async function create(way: CommentWay, body: string): Promise<CommentResult> {
  const reply = await post(way, body)
  if (reply.failure) return failed(way, reply.failure)
  return { state: 'created', ...given('url', textOf(reply.value, 'html_url')), notes: [] }
}

function post({ rest, path, place }: CommentWay, body: string) {
  return rest.send('POST', `${path}/issues/${place.number}/comments`, { body })
}

async function recreate(way: CommentWay, there: There, body: string): Promise<CommentResult> {
  const { own, login } = there
  const reply = await post(way, body)
  const [newest] = own
  // In a locked conversation nothing is created, and what is there can be edited.
  if (reply.failure?.kind === 'forbidden' && newest) return update(way, newest, there, body)
  if (reply.failure) return failed(way, reply.failure, newest)
  const notes = await deleteComments(way, own, login ?? textOf(reply.value, 'user', 'login'))
  return { state: 'recreated', ...given('url', textOf(reply.value, 'html_url')), notes }
}

async function update(
  way: CommentWay,
  newest: Marked,
  { own, login }: There,
  body: string,
): Promise<CommentResult> {
  const { failure } = await patchComment(way, newest, body)
  // Somebody deleted it meanwhile.
  if (failure?.kind === 'not-found') return create(way, body)
  if (failure) return failed(way, failure, newest)
  const others = own.filter((one) => one !== newest)
  const notes = login === undefined ? [] : await deleteComments(way, others, login)
  return { state: 'updated', ...given('url', newest.facts.url), notes }
}

/** What stays there of an older commit is told, and marked where GitHub takes that. */
async function failed(way: CommentWay, failure: RestFailure, stale?: Marked): Promise<CommentResult> {
  const { place, comment, isFork } = way
  const why = explainCommentFailure(failure, place, { isFork })
  if (stale === undefined) return { state: 'failed', notes: [why] }
  const { facts, marker } = stale
  const url = given('url', facts.url)
  const isOld = marker.commitSha !== comment.marker.commitSha
  if (!isOld) return { state: 'failed', ...url, notes: [why] }
  const moved = { commitSha: marker.commitSha, headSha: comment.marker.commitSha }
  if (failure.kind === 'rejected') await patchComment(way, stale, comment.outdated(facts.body, moved))
  const message = `The comment that stays on pull request ${place.number} is out of date: it is for commit ${marker.commitSha.slice(0, 7)}, this run for ${moved.headSha.slice(0, 7)}.`
  return { state: 'failed', ...url, notes: [why, { message, help: 'Read the summary of this run instead.' }] }
}

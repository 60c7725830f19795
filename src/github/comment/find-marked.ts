import type { CommentFacts } from '../../model/approval-facts.js'
import type { CommentMarker, CommentSlot } from '../../model/comment.js'
import { parseComment } from '../approvals/parse-comment.js'
import { parseMarker } from './parse-marker.js'

/** A comment that begins with a marker of this tool, whoever wrote it. */
export interface Marked {
  readonly facts: CommentFacts
  readonly marker: CommentMarker
}

/** The comments of a slot among all of a pull request, the newest first. */
export function findMarked(comments: readonly unknown[], slot: CommentSlot): Marked[] {
  return comments
    .flatMap((value) => {
      const facts = parseComment(value)
      const marker = parseMarker(facts?.body ?? '')
      return facts !== undefined && marker !== undefined && isSame(marker, slot) ? [{ facts, marker }] : []
    })
    .toSorted((a, b) => b.facts.id - a.facts.id)
}

function isSame(a: CommentSlot, b: CommentSlot): boolean {
  return a.project === b.project && a.environment === b.environment && a.about === b.about
}

import type { CommentFacts } from '../../model/approval-facts.js'
import { cutComment } from './cut-comment.js'
import { fieldOf, given, numberOf, textOf } from './json-shape.js'
import { parseAccount } from './parse-account.js'

/** Undefined where it is no comment. */
export function parseComment(value: unknown): CommentFacts | undefined {
  const id = numberOf(value, 'id')
  const createdAt = textOf(value, 'created_at')
  if (id === undefined || createdAt === undefined) return undefined
  const app = fieldOf(value, 'performed_via_github_app')
  return {
    id,
    createdAt,
    updatedAt: textOf(value, 'updated_at') ?? createdAt,
    ...given('by', parseAccount(fieldOf(value, 'user'))),
    byApp: app !== null && app !== undefined,
    body: cutComment(textOf(value, 'body')),
    ...given('url', textOf(value, 'html_url')),
  }
}

import type { CommentFacts } from '../../model/approval-facts.js'

/**
 * Whether the token's account wrote a comment. Anybody can write the marker, and what others wrote is never touched. Where
 * the account is not known, what an app wrote is taken for one's own: people are told apart in any case.
 */
export function isOwn({ by }: CommentFacts, login: string | undefined): boolean {
  if (by === undefined) return false
  if (login === undefined) return by.isBot
  const [author, own] = [by.login.toLowerCase(), login.toLowerCase()]
  return author === own || (by.isBot && author === `${own}[bot]`)
}

import type { Token } from './tokens.js'

/** Tokens of one argument, and its name where it has one: `secret => 'x'`. */
export interface Argument {
  readonly name?: string
  readonly tokens: readonly Token[]
}

/** The arguments of a call, or any list in parentheses. */
export function argumentsAt(tokens: readonly Token[], open: number): Argument[] {
  const found: Token[][] = [[]]
  let depth = 0
  for (const token of tokens.slice(open, open + MOST_TOKENS)) {
    if (isSign(token, '(', '[')) depth++
    if (isSign(token, ')', ']')) depth--
    if (depth === 0) break
    if (depth === 1 && isSign(token, ',')) found.push([])
    else if (depth > 1 || !isSign(token, '(')) found.at(-1)?.push(token)
  }
  return found.map(named)
}

const MOST_TOKENS = 2_000

function named(tokens: readonly Token[]): Argument {
  const [name, first, second] = tokens
  const arrow = (isSign(first, ':') && isSign(second, '=')) || (isSign(first, '=') && isSign(second, '>'))
  return name && arrow && name.kind !== 'string' ? { name: name.text, tokens: tokens.slice(3) } : { tokens }
}

/** Whether a token is one of some signs. */
export function isSign(token: Token | undefined, ...signs: readonly string[]): boolean {
  return token !== undefined && token.kind === 'sign' && signs.includes(token.text)
}

/** The string that an argument is, with a cast or without: `'x'::text`. */
export function stringOf(argument: Argument | undefined): Token | undefined {
  const [first, second] = argument?.tokens ?? []
  return first?.kind === 'string' && (second === undefined || isSign(second, ':')) ? first : undefined
}

import { isGap, lexScript, parenthesis, type ScriptPiece } from './lex-script.js'

/**
 * Help for a syntax error where a word that older servers take for a name is a keyword for the parser: at the error,
 * directly before it, or before the parentheses that it stands in.
 */
export function explainKeyword(text: string, offset: number): string | undefined {
  const { before, at, calls } = tokensAt(text, offset)
  const words = [at, isType(before) && at !== '(' ? undefined : before, ...calls.toReversed()]
  const found = words.find((word) => word !== undefined && NEW_KEYWORDS.has(word))
  if (found === undefined) return undefined
  return `${found} is a keyword since PostgreSQL ${NEW_KEYWORDS.get(found)}. Where it is meant as a name, write it in double quotes, which every version takes: "${found}".`
}

/**
 * Words that PostgreSQL 15 takes for the name of anything, with the version since which some names have to be quoted:
 * those of columns too (`system_user`), or those of functions and types.
 */
export const NEW_KEYWORDS: ReadonlyMap<string, number> = new Map([
  ['system_user', 16],
  ['json_array', 16],
  ['json_arrayagg', 16],
  ['json_object', 16],
  ['json_objectagg', 16],
  ['json', 17],
  ['json_exists', 17],
  ['json_query', 17],
  ['json_scalar', 17],
  ['json_serialize', 17],
  ['json_table', 17],
  ['json_value', 17],
  ['merge_action', 17],
])

/** A type, which may stand before anything. */
function isType(word: string | undefined): boolean {
  return word === 'json'
}

interface Tokens {
  readonly before?: string
  readonly at?: string
  /** What stands before the parentheses that are open there, outermost first. */
  readonly calls: readonly string[]
}

function tokensAt(text: string, offset: number): Tokens {
  let calls: string[] = []
  let before: string | undefined
  for (const piece of lexScript(text.slice(0, offset + LONGEST))) {
    if (piece.kind.startsWith('copy-') || isGap(piece)) continue
    const sign = signAt(text, piece)
    if (piece.start >= offset) return { ...(before === undefined ? {} : { before }), at: sign, calls }
    if (piece.kind === 'semicolon') calls = []
    const opens = parenthesis(text, piece)
    if (opens > 0) calls.push(before ?? '')
    else if (opens < 0) calls.pop()
    before = sign
  }
  return { ...(before === undefined ? {} : { before }), calls }
}

/** A word in lower case; a quoted name with its quotes, so that it is no keyword. */
function signAt(text: string, { start, end }: ScriptPiece): string {
  return end - start > LONGEST ? '' : text.slice(start, end).toLowerCase()
}

const LONGEST = 40

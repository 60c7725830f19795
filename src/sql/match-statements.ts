import { lex } from './lex.js'
import { trimSpace } from './trim-space.js'

/**
 * Whether statements that the Supabase CLI recorded are those of a file, whichever of its splitters cut them: one after the
 * other they stand in the text, and between them is nothing but white space, semicolons and comments. Line ends count as LF.
 */
export function matchStatements(statements: readonly string[], text: string): boolean {
  const file = asLf(text)
  let at = 0
  for (const statement of statements) {
    const wanted = trimSpace(asLf(statement))
    const found = wanted === '' ? at : findNext(file, at, wanted)
    if (found < 0) return false
    at = found + wanted.length
  }
  return skipEmpty(file, at) === file.length
}

/** Where it stands, unless something that runs stands before it. */
function findNext(file: string, from: number, wanted: string): number {
  for (const { kind, start } of lex(file, from)) {
    // A statement has the comments before it, but maybe not in each version of the CLI.
    if (file.startsWith(wanted, start)) return start
    if (!EMPTY.has(kind)) return -1
  }
  return -1
}

function skipEmpty(file: string, from: number): number {
  for (const { kind, start } of lex(file, from)) if (!EMPTY.has(kind)) return start
  return file.length
}

const EMPTY: ReadonlySet<string> = new Set(['space', 'line-comment', 'block-comment', 'semicolon'])

function asLf(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n')
}

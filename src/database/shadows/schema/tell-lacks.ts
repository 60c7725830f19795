import type { Refused } from './load-statements.js'

/** What a shadow lacks of the target, as clauses: the beginning of each statement, and why it is not there. */
export function tellLacks(refused: readonly Refused[]): string[] {
  const told = refused.filter(matters).map(({ sql, message }) => `${beginning(sql)}: ${message}`)
  const more = told.length - MOST
  return more > 0 ? [...told.slice(0, MOST), `and ${more} more`] : told
}

const MOST = 20

/**
 * Names of what is not there, as far as the refused statements tell them; `undefined` where an extension is missing: nobody
 * knows what it would have brought.
 */
export function namesLacking(refused: readonly Refused[]): ReadonlySet<string> | undefined {
  const missing = refused.filter(matters)
  if (missing.some(({ sql }) => /^CREATE (?:EXTENSION|LANGUAGE)\b/i.test(sql))) return undefined
  return new Set(
    missing.flatMap(({ sql }) => wordsOf(beginning(sql)).filter((word) => !/^[A-Z]+$/.test(word))),
  )
}

/** Of a qualified name the last part. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}_$]+(?![\p{L}\p{N}_$]|"?\.)/gu) ?? []
}

/** A dump sets what only its own major knows; words about objects, and whose they are, make nothing; what is there need not be made. */
function matters({ sql, code }: Refused): boolean {
  return (
    !/^(?:SET|COMMENT ON|SELECT pg_catalog\.set_config|ALTER [^;]* OWNER TO)\b/i.test(sql) &&
    !IS_THERE.has(code)
  )
}

const IS_THERE = new Set([
  '42P06', // schema
  '42710', // role, extension
])

/** Up to the first bracket, quote or line end: no value is in it. */
function beginning(sql: string): string {
  const words = /^[^\n('$;]*/.exec(sql.trimStart())?.[0] ?? ''
  return words.trim().slice(0, LONGEST)
}

const LONGEST = 100

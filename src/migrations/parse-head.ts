import type { Directives } from '../model/migration.js'
import type { Span } from '../model/position.js'
import { commentLines } from './comment-lines.js'
import { DIRECTIVES, parseDirective } from './parse-directive.js'

/** Another migration that a file says it needs, as written. */
export interface Need {
  readonly reference: string
  readonly span: Span
}

/** Something wrong with a comment that asks for something. */
export interface HeadMistake {
  readonly rule: 'unknown-directive' | 'bad-directive'
  readonly span: Span
  readonly message: string
  readonly help: string
}

export interface Head {
  readonly directives: Directives
  readonly needs: readonly Need[]
  readonly mistakes: readonly HeadMistake[]
}

/**
 * Reads what a file's comments ask for: directives, other tools' marks for "no transaction", dependencies. They count
 * before the first statement; one of ours further down is a mistake, because it would do nothing.
 *
 * @param up the part of the file that is applied
 */
export function parseHead(up: string): Head {
  const directives: { -readonly [K in keyof Directives]: Directives[K] } = {
    noTransaction: false,
    timeouts: {},
  }
  const needs: Need[] = []
  const mistakes: HeadMistake[] = []
  const seen = new Set<string>()
  for (const { text, span, inHead } of commentLines(up, OURS)) {
    const directive = /^devflow:\s*(.*)$/i.exec(text)?.[1]
    const references = /^(?:@depends-on(?:\s*:|\s)|Dependencies\s*:)(.*)$/i.exec(text)?.[1]
    if (!inHead) {
      if (directive !== undefined || /^@depends-on[\s:]/i.test(text)) mistakes.push(tooLate(text, span))
    } else if (directive !== undefined) {
      const parsed = parseDirective(directive)
      if ('message' in parsed) mistakes.push({ ...parsed, span })
      else if (seen.has(parsed.key)) mistakes.push(twice(parsed.key, span))
      else
        Object.assign(directives, parsed.value, {
          timeouts: { ...directives.timeouts, ...parsed.value.timeouts },
        })
      if ('key' in parsed) seen.add(parsed.key)
    } else if (references !== undefined) {
      needs.push(...splitReferences(references).map((reference) => ({ reference, span })))
    } else if (NO_TRANSACTION.some((mark) => mark.test(text))) {
      directives.noTransaction = true
    }
  }
  return { directives, needs, mistakes }
}

// Only a text that holds one of these is read beyond its head.
const OURS = /devflow:|@depends-on/i

// goose, dbmate, sql-migrate, sqlx, graphile-migrate, Atlas, Liquibase.
const NO_TRANSACTION = [
  /^\+goose\s+NO\s+TRANSACTION\b/i,
  /^migrate:up\s(?:.*\s)?transaction:\s*false\b/i,
  /^\+migrate\s+Up\s(?:.*\s)?notransaction\b/i,
  /^no-transaction$/i,
  /^!\s*no-transaction\b/i,
  /^atlas:txmode\s+none\b/i,
  /^changeset\s.*\brunInTransaction:\s*"?false\b/i,
]

function splitReferences(list: string): string[] {
  const parts = list.split(',').map((part) => part.trim())
  return parts.filter((part) => !/^(?:none\b.*|n\/a|-*)$/i.test(part))
}

function tooLate(text: string, span: Span): HeadMistake {
  return {
    rule: 'bad-directive',
    span,
    message: `"${text.slice(0, 80)}" comes after the first statement, where it would do nothing.`,
    help: 'Move the line to the top of the file, before the first statement.',
  }
}

function twice(key: string, span: Span): HeadMistake {
  return {
    rule: 'bad-directive',
    span,
    message: `The directive ${key} is given twice.`,
    help: `Keep one of them. The directives are: ${DIRECTIVES}.`,
  }
}

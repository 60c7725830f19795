import type { Span } from '../../model/position.js'
import { type Found, isIn, matchesIn, PIECE } from './matches-in.js'

/** A stretch of a text that is a secret by the words around it. */
export interface InText extends Span {
  readonly what: string
}

/**
 * Finds secrets in what a string or a comment says: a connection's parameters, a request's headers. Nothing is yielded where
 * there is a pause.
 */
export function inText(text: string): Generator<InText | undefined> {
  return inWords(text, PATTERNS)
}

/** The same in the command line of COPY … PROGRAM. */
export function inProgram(text: string): Generator<InText | undefined> {
  return inWords(text, PROGRAM)
}

function* inWords(text: string, patterns: readonly Pattern[]): Generator<InText | undefined> {
  // A dump has strings by the million.
  const isShort = text.length <= PIECE
  for (const { form, what, when } of patterns) {
    if (when && !(isShort ? when.test(text) : yield* isIn(text, when))) continue
    if (isShort) for (const match of text.matchAll(form)) yield groupOf({ match, start: match.index }, what)
    else for (const found of matchesIn(text, form)) yield found && groupOf(found, what)
  }
}

interface Pattern {
  /** Its first group that takes part is the secret. */
  readonly form: RegExp
  readonly what: string
  /** What else the text must hold. */
  readonly when?: RegExp
}

const CONNECTION = 'the password of a connection'
const PASSED = 'the password that a program is handed'
const HEADER = 'the key in a request’s header'

const PATTERNS: readonly Pattern[] = [
  {
    form: /\b(?:ssl)?password\s*=\s*(?:'((?:[^'\\]|\\.|'')+)'|([^\s'"&;,)|]+))/gi,
    what: CONNECTION,
    when: /\b(?:host|hostaddr|dbname|user|port|service|sslmode|server|database|data source)\s*=/i,
  },
  { form: /[?&](?:ssl)?password=([^\s'"&#]+)/gi, what: CONNECTION },
  { form: /\bbearer\s+([\w+/=.~-]{12,})/gi, what: HEADER },
  { form: /\bbasic\s+([A-Za-z0-9+/]{12,}={0,2})(?![\w])/g, what: HEADER, when: /authorization/i },
  {
    form: /"(?:x-)?(?:api[-_]?key|access[-_]?token|auth[-_]?token)"\s*:\s*"([^"\s]{12,})"/gi,
    what: HEADER,
  },
]

const PROGRAM: readonly Pattern[] = [
  {
    form: /\b\w*(?:password|passwd|secret|token|key)\w*=(?:'([^']+)'|"([^"]+)"|([^\s'";&|]+))/gi,
    what: PASSED,
  },
  {
    form: /\s--(?:password|token|secret|api-key)(?:=|\s+)(?:'([^']+)'|"([^"]+)"|([^\s'"-][^\s'"]*))/gi,
    what: PASSED,
  },
  { form: /\s(?:-u|--user)(?:=|\s*)['"]?[^\s:'"]+:([^\s'"]+)/g, what: PASSED },
]

function groupOf({ match, start: at }: Found, what: string): InText | undefined {
  const group = match.slice(1).find((each) => each !== undefined)
  if (group === undefined) return undefined
  // The secret is the last thing in the match, but for a quote.
  const start = at + match[0].lastIndexOf(group)
  return { start, end: start + group.length, what }
}

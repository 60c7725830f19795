import type { Span } from '../../model/position.js'

/** A stretch of a text that is a secret by the words around it. */
export interface InText extends Span {
  readonly what: string
}

/** Finds secrets in what a string or a comment says: a connection's parameters, a request's headers. */
export function inText(text: string): InText[] {
  return PATTERNS.flatMap(({ form, what, when }) => {
    if (when && !when.test(text)) return []
    return [...text.matchAll(form)].flatMap((match) => groupOf(match, what))
  })
}

/** Finds secrets in the command line of COPY … PROGRAM. */
export function inProgram(text: string): InText[] {
  return PROGRAM.flatMap(({ form, what }) =>
    [...text.matchAll(form)].flatMap((match) => groupOf(match, what)),
  )
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

function groupOf(match: RegExpMatchArray, what: string): InText[] {
  const group = match.slice(1).find((each) => each !== undefined)
  if (group === undefined) return []
  // The secret is the last thing in the match, but for a quote.
  const start = (match.index ?? 0) + match[0].lastIndexOf(group)
  return [{ start, end: start + group.length, what }]
}

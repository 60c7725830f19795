import type { Span } from '../../model/position.js'
import { type Found, matchesIn } from './matches-in.js'
import { JWT } from './weigh-jwt.js'
import { isFilledIn, weighValue } from './weigh-value.js'
import type { Weighed } from './weighed.js'

/** A stretch of a text that is a secret by its own form, wherever it stands. */
export interface Formed extends Span {
  readonly kind: Weighed['kind']
  readonly what: string
}

/** Finds them in a whole file, comments and rows included; nothing is yielded where there is a pause. */
export function* byForm(text: string): Generator<Formed | undefined> {
  yield* urls(text)
  for (const form of FORMS) yield* found(text, form)
}

interface Form {
  readonly form: RegExp
  readonly what: string
  readonly kind: Weighed['kind']
}

/** What the token formats of secretlint leave out. */
const FORMS: readonly Form[] = [
  { form: JWT, what: 'a JWT', kind: 'secret' },
  { form: /\bsb_secret_[\w-]{8,}/g, what: 'a secret key of Supabase', kind: 'secret' },
  { form: /\bsbp_[0-9a-f]{40}\b/g, what: 'an access token of Supabase', kind: 'secret' },
  { form: /\b[rs]k_live_[A-Za-z0-9]{16,}/g, what: 'a live key of Stripe', kind: 'secret' },
  { form: /\b[rs]k_test_[A-Za-z0-9]{16,}/g, what: 'a test key of Stripe', kind: 'unsure' },
  { form: /\bwhsec_[A-Za-z0-9+/=]{24,}/g, what: 'the secret of a webhook', kind: 'secret' },
  {
    form: /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----(?:[^-]{1,20000}(?:-----END [A-Z0-9 ]*PRIVATE KEY-----)?)?/g,
    what: 'a private key',
    kind: 'secret',
  },
  { form: /\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}/g, what: '', kind: 'hash' },
  { form: /\bSCRAM-SHA-256\$\d+:[\w+/=]+\$[\w+/=]+:[\w+/=]+/g, what: '', kind: 'hash' },
  { form: /\$argon2(?:id|i|d)\$v=\d+\$[\w=,]+\$[\w+/]+\$[\w+/]+/g, what: '', kind: 'hash' },
]

function* found(text: string, { form, what, kind }: Form): Generator<Formed | undefined> {
  for (const one of matchesIn(text, form)) {
    const value = one?.match[0] ?? ''
    const weighed = one && weighValue(value)
    // A form may tell more of itself: the role of a JWT.
    const told = weighed?.what === undefined ? { kind, what } : { kind: weighed.kind, what: weighed.what }
    yield one && { start: one.start, end: one.start + value.length, ...told }
  }
}

/** `scheme://user:password@host`. */
function* urls(text: string): Generator<Formed | undefined> {
  for (const one of matchesIn(text, URL_WITH_PASSWORD)) {
    yield one && inUrl(text, one)
  }
}

function inUrl(text: string, { match, start: at }: Found): Formed | undefined {
  const [whole, scheme = '', user = '', password = ''] = match
  const start = at + whole.length - password.length - 1
  const weighed = weighValue(decoded(password))
  // A port, and a path with an `@` in it.
  if (!weighed || isForm(user, password) || (/^\d{1,5}\//.test(password) && !DATABASE.test(scheme)))
    return undefined
  const host = text.slice(start + password.length + 1, start + password.length + 40)
  const weak = weighed.kind === 'weak' || (decoded(password) === decoded(user) && LOCAL.test(host))
  return {
    start,
    end: start + password.length,
    kind: weak ? 'weak' : weighed.kind,
    what: 'the password in a URL',
  }
}

/** `user:password@host`, as a text says how it is to be written. */
function isForm(user: string, password: string): boolean {
  const says =
    /^(?:user(?:name)?|my_?user|login)$/i.test(user) && /^(?:pass(?:word|wd)?|pwd|secret)$/i.test(password)
  return says || isFilledIn(user + password)
}

// Only the URL of a database is likely to hold an unencoded slash.
const URL_WITH_PASSWORD =
  /\b([a-z][a-z0-9+.-]{1,30}):\/\/([^\s:/@'"<>]{0,100}):((?<=(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|redis|rediss|amqps?):\/\/[^\s:/@'"<>]{0,100}:)[^\s@'"]{1,200}|[^\s@'"/]{1,200})@(?=[\w[.$-])/gi
const DATABASE = /^(?:postgres|mysql|mariadb|mongodb|redis|amqp)/i
const LOCAL = /^(?:localhost|127\.\d|\[::1\]|0\.0\.0\.0|db|postgres|host\.docker\.internal)\b/i

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

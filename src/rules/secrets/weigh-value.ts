import { weighJwt } from './weigh-jwt.js'
import type { Weighed } from './weighed.js'

/** What stands in the place of a secret; undefined where it is none: nothing at all, or something to be filled in. */
export function weighValue(value: string): Weighed | undefined {
  if (isFilledIn(value) || /^sb_publishable_/.test(value)) return undefined
  const jwt = weighJwt(value)
  if (jwt) return jwt
  const hash = HASHES.find(({ form }) => form.test(value))
  if (hash) return { kind: 'hash', what: hash.what }
  return { kind: isWeak(value) ? 'weak' : 'secret' }
}

/** How passwords are kept. From what PostgreSQL, `crypt` and the usual libraries write. */
const HASHES: readonly { readonly form: RegExp; readonly what: string }[] = [
  { form: /^md5[0-9a-f]{32}$/, what: 'the MD5 hash of a password' },
  { form: /^SCRAM-SHA-256\$\d+:/, what: 'the SCRAM hash of a password' },
  { form: /^\$2[abxy]\$\d\d\$/, what: 'the bcrypt hash of a password' },
  { form: /^\$argon2(?:id|i|d)\$/, what: 'the Argon2 hash of a password' },
  { form: /^\$(?:1|5|6)\$[^$]+\$/, what: 'the crypt hash of a password' },
]

/** Somebody, or something, is to put the value here. */
export function isFilledIn(value: string): boolean {
  const text = value.trim()
  return FILLED_IN.some((form) => form.test(text))
}

const FILLED_IN: readonly RegExp[] = [
  /^$/,
  // ${NAME}, $NAME, $1, {{ name }}, {name}, <name>, [name], :name, %s, %1$L, @name@, __NAME__
  /^\$\{[^}]*\}$|^\$\(?\w+\)?$|^\{\{[^}]*\}\}$|^\{\w+\}$|^<[^<>]*>$|^\[[^\]]*\]$|^:(?:\w+|'\w+'|"\w+")$/,
  /^%(?:\d+\$)?[-\w]$|^%\(\w+\)s$|^@+\w+@*$|^__\w+__$|^%\w+%$|^\$\{\{[^}]*\}\}$|^<%.*%>$/,
  // Dots, stars, crosses; and words that say that there is nothing.
  /^[*x.…_#?•-]+$/i,
  /^(?:null|none|nil|undefined|n\/a|redacted|removed|hidden|masked)$/i,
  /^(?:your|my|the|insert|enter|put|add|use|set)[-_ ](?:[\w]+[-_ ])*(?:password|passwd|secret|key|token|here|value|jwt)\b/i,
]

/** Tried first by whoever tries, and as often as not a word that stands in for the real one. */
function isWeak(value: string): boolean {
  return WEAK.test(value)
}

const WEAK =
  /^(?:change[-_ ]?(?:me|it|this)?[-_!.\d]*|to[-_ ]?be[-_ ]?changed|replace[-_ ]?(?:me|this|with.*)?|password|passwd|pass|pwd|secret|postgres(?:ql)?|supabase|admin|root|user|guest|demo|test(?:ing)?|dev(?:elopment)?|local|example|sample|dummy|fake|foo|bar|default|placeholder|to[-_]?do|fix[-_]?me|token|key|api[-_]?key|(?:(?:a|some|new|strong|secure|secret|safe|random|super|very|example|dummy|fake|test|placeholder)[-_ ])+(?:password|passwd|secret|key|token|value)(?:[-_ ]here)?)$/i

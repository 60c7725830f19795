import type { Span } from '../../model/position.js'
import type { FoundSecret } from '../../model/secret.js'
import { readLiteral } from '../../sql/bodies/literal.js'
import { fileSource, type Source } from '../../sql/bodies/source.js'
import { lexScript } from '../../sql/lex-script.js'
import { byPlace } from './by-place.js'
import { inProgram, inText } from './in-text.js'
import { isIn, matchesIn, PIECE } from './matches-in.js'
import type { Placed } from './placed.js'
import { readTokens, type Token } from './tokens.js'
import { weighValue } from './weigh-value.js'

/**
 * Finds what the place in SQL makes a secret; in the bodies of functions, and in SQL that stands in a string, too. Nothing is
 * yielded where there is a pause.
 */
export function* findInSql(text: string): Generator<FoundSecret | undefined> {
  if (!(yield* isIn(text, MAY_HOLD))) return
  const source = fileSource(text)
  yield* inSource(source, 0)
  if (yield* isUnclosed(text)) yield* whateverIsQuoted(source)
}

/** What every secret found here has near it: without it, nothing is read. */
const MAY_HOLD =
  /pa?s+w|passphrase|pwd|secret|token|credential|[_.-]key|(?:api|access|private|service|role|signing|master|auth|license)key|key\w{0,100}=|crypt|(?:hmac|digest|sign|verify)\s*\(|bearer|authorization|curl|wget|\\set/i

const PAUSE = [undefined]

/** As many are read in some milliseconds. */
const MANY_TOKENS = 10_000

/** A string in a string in a string; what is deeper nobody writes. */
const DEEPEST = 4

function* inSource(source: Source, depth: number): Generator<FoundSecret | undefined> {
  const contentOf = (token: Token) =>
    (token.closed ? readLiteral(source, token.start)?.text : undefined) ?? ''
  for (const written of readTokens(source.text)) {
    if (written.kind === 'statement') {
      for (const placed of byPlace(written.tokens, depth > 0, contentOf)) yield* found(source, placed, depth)
      if (written.tokens.length > MANY_TOKENS) yield
      for (const token of written.tokens)
        if (token.kind === 'string') yield* inString(source, token, written.tokens, depth)
      yield
    } else if (written.kind === 'comment') yield* inComment(source, written.span, depth)
    else yield* inCommand(source, written.span)
  }
}

function* found(
  source: Source,
  { token, what, unsure }: Placed,
  depth: number,
): Generator<FoundSecret | undefined> {
  const literal = token.closed ? readLiteral(source, token.start) : undefined
  const { start, end } = literal ? inner(source.text, token) : rest(source.text, token)
  const glued = literal ? gluedTo(source.text, token.end) : 0
  const value =
    glued > 0 || !literal ? source.text.slice(start, token.closed ? token.end + glued : end) : literal.text
  const weighed = weighValue(value)
  if (!weighed) return
  if (unsure && weighed.kind === 'secret' && !isLikely(value)) return
  if (unsure && weighed.kind === 'weak') return
  yield {
    span: source.spanOf({ start, end: glued > 0 ? token.end + glued : end }),
    what: weighed.what ?? what,
    value,
    kind: unsure && weighed.kind === 'secret' ? 'unsure' : weighed.kind,
    isLiteral: depth === 0 && literal !== undefined && glued === 0,
  }
}

/** Between the quotes. */
function inner(text: string, { start, end }: Span): Span {
  const opening = /^(?:\$[^$]*\$|[eE]?')/.exec(text.slice(start, Math.min(end, start + 80)))?.[0].length ?? 1
  const closing = text[end - 1] === '$' ? opening : 1
  return { start: start + opening, end: end - closing }
}

/** Of a string that is never closed, its line; all that follows may belong to it, but is no secret for certain. */
function rest(text: string, token: Token): Span {
  const start =
    token.start + (/^(?:\$[^$]*\$|[eE]?')/.exec(text.slice(token.start, token.start + 80))?.[0].length ?? 1)
  if (token.closed) return { start, end: token.end - 1 }
  const line = text.slice(start).search(/[\r\n]/)
  return { start, end: line === -1 ? text.length : start + line }
}

/** How much of a secret stands behind the quote that was to be in it: `'hunter'2-x';` */
function gluedTo(text: string, end: number): number {
  return /^[\w!@#%^&~.][^\s;,)]*/.exec(text.slice(end, end + 200))?.[0].length ?? 0
}

/** No word of a few letters. */
function isLikely(value: string): boolean {
  return value.length >= 8 && /\d/.test(value) && !/\s/.test(value)
}

function* inString(
  source: Source,
  token: Token,
  tokens: readonly Token[],
  depth: number,
): Generator<FoundSecret | undefined> {
  const raw = source.text.slice(token.start, token.end)
  if (!(raw.length > PIECE ? yield* isIn(raw, MAY_HOLD) : MAY_HOLD.test(raw))) return
  const literal = token.closed ? readLiteral(source, token.start) : undefined
  if (!literal) return
  yield* inWords(literal)
  if (isProgram(tokens, token))
    for (const span of inProgram(literal.text)) yield* span ? stretch(literal, span) : PAUSE
  // A string without a quote in it holds no SQL with a literal.
  if (depth < DEEPEST && /['$]/.test(literal.text)) yield* inSource(literal, depth + 1)
}

function isProgram(tokens: readonly Token[], token: Token): boolean {
  return tokens[0]?.text === 'copy' && tokens[tokens.indexOf(token) - 1]?.text === 'program'
}

function* inWords(source: Source): Generator<FoundSecret | undefined> {
  for (const span of inText(source.text)) yield* span ? stretch(source, span) : PAUSE
}

function* stretch(
  source: Source,
  { start, end, what }: Span & { readonly what: string },
): Generator<FoundSecret | undefined> {
  const value = source.text.slice(start, end)
  const weighed = weighValue(value)
  if (!weighed) return
  const span = source.spanOf({ start, end })
  yield { span, what: weighed.what ?? what, value, kind: weighed.kind, isLiteral: false }
}

function* isUnclosed(text: string): Generator<undefined, boolean> {
  let count = 0
  for (const { closed } of lexScript(text)) {
    if (!closed) return true
    if (++count % MANY_TOKENS === 0) yield
  }
  return false
}

/** Where quotes do not match, a secret may stand between two strings instead of in one. */
function* whateverIsQuoted(source: Source): Generator<FoundSecret | undefined> {
  for (const found of matchesIn(source.text, /\bpassword\s*=?\s*'([^'\r\n;]+)/gi)) {
    const [whole = '', value = ''] = found?.match ?? []
    const start = (found?.start ?? 0) + whole.length - value.length
    if (!found) yield
    else yield* stretch(source, { start, end: start + value.length, what: 'a password' })
  }
}

/** What is commented out is in the file all the same. Each line for itself: words have quotes that never close. */
function* inComment(source: Source, { start, end }: Span, depth: number): Generator<FoundSecret | undefined> {
  const comment = source.text.slice(start, end)
  if (depth > 0 || !(yield* isIn(comment, MAY_HOLD))) return
  for (const { 0: line, index } of comment.matchAll(/[^\r\n]+/g)) {
    const text = line.replace(/^\s*(?:--+|\/?\*+)/, (sign) => ' '.repeat(sign.length))
    const from = start + index
    const part: Source = {
      text,
      offsetOf: (at) => source.offsetOf(from + at),
      spanOf: (span) => source.spanOf({ start: from + span.start, end: from + span.end }),
    }
    yield* inWords(part)
    const code = text.search(COMMENTED_OUT)
    // The words before it may hold an apostrophe.
    if (code !== -1) yield* inSource({ ...part, text: ' '.repeat(code) + text.slice(code) }, DEEPEST)
  }
}

const COMMENTED_OUT =
  /\b(?:create|alter)\s+(?:role|user|group|server|subscription|database)\b|\bset\s|set_config\s*\(|create_secret\s*\(|\bcrypt\s*\(/i

/** `\set app_password 'x'`, `\connect "host=… password=x"`. */
function* inCommand(source: Source, { start, end }: Span): Generator<FoundSecret | undefined> {
  const text = source.text.slice(start, end)
  const set = /^\\(?:set|setenv)\s+(\S*(?:passw|pwd|secret|token|key)\S*)\s+('?)(.*?)\2\s*$/i.exec(text)
  const value = set?.[3] ?? ''
  const at = start + text.lastIndexOf(value)
  if (value !== '') yield* stretch(source, { start: at, end: at + value.length, what: 'a variable of psql' })
  for (const span of inText(text))
    yield* span
      ? stretch(source, { start: start + span.start, end: start + span.end, what: span.what })
      : PAUSE
}

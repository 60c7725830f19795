import { isSign } from './call-arguments.js'
import { inCall } from './in-call.js'
import { inInsert } from './in-insert.js'
import { isSecretName } from './is-secret-name.js'
import type { Placed } from './placed.js'
import type { Token } from './tokens.js'

/**
 * Finds the strings of a statement that PostgreSQL, or a well-known extension, takes for a secret.
 *
 * @param inBody it stands in the body of a function or block
 * @param contentOf what a string says
 */
export function* byPlace(
  tokens: readonly Token[],
  inBody: boolean,
  contentOf: (token: Token) => string,
): Generator<Placed> {
  const isRole = ROLES.has(tokens[1]?.text ?? '') && /^(?:create|alter)$/.test(tokens[0]?.text ?? '')
  let options = false
  let changesRows = false
  // A dump has these by the million: nothing is called that would find nothing at the first look.
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token
    const next = tokens[at + 1]
    if (token.kind === 'string' && isSign(next, '|')) yield* joined(tokens, at, contentOf)
    if (token.kind !== 'word' && token.kind !== 'name') continue
    if (token.kind === 'word') {
      options ||= token.text === 'options'
      changesRows ||= CHANGES_ROWS.has(token.text)
    }
    if (next?.kind === 'string') yield* beforeString(token, next, options)
    if (isRole) yield* misspelt(token, next, tokens[at + 2])
    if (token.text === 'set' && !changesRows) yield* afterSet(tokens, at)
    if (token.text === 'into') yield* inInsert(tokens, at, contentOf)
    if (isSign(next, '(')) yield* inCall(tokens, at, contentOf)
    if (inBody) yield* assigned(tokens, at)
  }
}

const ROLES = new Set(['role', 'user', 'group'])

/** `PASSWRD '…'`, `PASSWORD = '…'`: the server refuses it, and the secret is in the file all the same. */
function* misspelt(name: Token, next: Token | undefined, other: Token | undefined): Generator<Placed> {
  const value = isSign(next, '=') ? other : next
  const isWritten = name.text === 'password' && value === next
  if (!isWritten && value?.kind === 'string' && /^p\w*w\w*$/.test(name.text))
    yield { token: value, what: 'the password of a role' }
}

const CHANGES_ROWS = new Set(['update', 'merge', 'insert'])

/** `PASSWORD '…'` of a role; `OPTIONS (password '…', api_key '…')` of a server or user mapping. */
function* beforeString(name: Token, next: Token, options: boolean): Generator<Placed> {
  if (name.text === 'password')
    yield { token: next, what: options ? 'the password of a foreign server' : 'the password of a role' }
  else if (options && isSecretName(name.text))
    yield { token: next, what: `the option ${called(name.text)} of a foreign server` }
}

/** SET, ALTER ROLE … SET, ALTER DATABASE … SET, ALTER SYSTEM SET; CREATE FUNCTION … SET. */
function* afterSet(tokens: readonly Token[], at: number): Generator<Placed> {
  const scoped = ['local', 'session'].includes(tokens[at + 1]?.text ?? '')
  const { name, next } = qualifiedName(tokens, at + (scoped ? 2 : 1))
  const is = tokens[next]
  const value = tokens[next + 1]
  const assigns = isSign(is, '=') || (is?.kind === 'word' && is.text === 'to')
  if (assigns && value?.kind === 'string' && isSecretName(name))
    yield { token: value, what: `the setting ${called(name)}` }
}

function qualifiedName(tokens: readonly Token[], at: number): { name: string; next: number } {
  let next = at + 1
  let name = tokens[at]?.text ?? ''
  while (isSign(tokens[next], '.') && tokens[next + 1]) {
    name += `.${tokens[next + 1]?.text}`
    next += 2
  }
  return { name, next }
}

/** `'ALTER ROLE app PASSWORD ' || quote_literal('…')`. */
function* joined(
  tokens: readonly Token[],
  at: number,
  contentOf: (token: Token) => string,
): Generator<Placed> {
  const text = tokens[at]
  if (!text || !isSign(tokens[at + 2], '|')) return
  if (!/\bpassword\s+'?$/i.test(contentOf(text))) return
  const token = tokens.slice(at + 3, at + 6).find(({ kind }) => kind === 'string')
  if (token) yield { token, what: 'the password of a role' }
}

/** In a body: `api_key text := '…'`. What is called so may be a name or a kind as well. */
function* assigned(tokens: readonly Token[], at: number): Generator<Placed> {
  const name = tokens[at]?.text ?? ''
  if (!isSecretName(name)) return
  const sign = tokens.slice(at + 1, at + 5).findIndex((each) => isSign(each, ':'))
  const behind = at + 1 + sign
  const value = tokens[behind + 2]
  const words = tokens.slice(at + 1, behind).every(({ kind }) => kind === 'word')
  if (sign !== -1 && words && isSign(tokens[behind + 1], '=') && value?.kind === 'string')
    yield { token: value, what: `the value of ${called(name)}`, unsure: true }
}

/** A name for a sentence. */
function called(name: string): string {
  return name.replace(/[^\w.$-]/g, '?').slice(0, 60)
}

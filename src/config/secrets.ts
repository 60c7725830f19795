import type { Redact } from '../model/config.js'

/** Shorter values are words that occur everywhere; replacing them would destroy the text and betray the secret. */
const SHORTEST = 4

/** Enough for any URL, and a bound for a hostile one. */
const MOST_CANDIDATES = 64

/**
 * Every spelling of the secrets in a database URL that must never be printed: the URL, `user:password@`, and the
 * password raw, decoded, encoded in each way that a library on the road may choose, in base64 and JSON. Where the URL
 * is malformed (an unencoded `@ / ? #` in the password) every reading of it counts, and each piece of such a password.
 * Left out: values under 4 characters and those that are the user, the host or the database as well.
 */
export function secretSpellings(databaseUrl: string): string[] {
  const found = readingsOf(databaseUrl).map((rest) => readPasswords(rest))
  const elsewhere = [...parameterPasswords(databaseUrl), ...urlClassPassword(databaseUrl)]
  const users = found.map(({ user }) => user)
  const passwords = [...found.flatMap((reading) => reading.passwords), ...elsewhere]
  const names = new Set(found.flatMap((reading) => reading.names))
  const alone = [...passwords, ...found.flatMap((reading) => reading.pieces)]
    .flatMap(spellSecret)
    .filter((text) => !names.has(text))
  const joined = users.flatMap((user) => passwords.flatMap((password) => spellPair(user, password)))
  const whole = passwords.length > 0 ? [databaseUrl, normalised(databaseUrl), base64(databaseUrl)] : []
  return [...new Set([...whole, ...joined, ...alone])].filter((text) => text.length >= SHORTEST)
}

/** What follows the scheme; and where the scheme is none of ours, all of it too: `://` may be the password's. */
function readingsOf(databaseUrl: string): string[] {
  const mark = databaseUrl.indexOf('://')
  const rest = databaseUrl.slice(mark < 0 ? 0 : mark + 3)
  return mark < 0 || /^\s*postgres(ql)?:\/\//i.test(databaseUrl) ? [rest] : [rest, databaseUrl]
}

interface Reading {
  readonly user: string
  readonly passwords: readonly string[]
  readonly pieces: readonly string[]
  readonly names: readonly string[]
}

function readPasswords(rest: string): Reading {
  const colon = rest.indexOf(':')
  return {
    user: colon < 0 ? '' : rest.slice(0, colon),
    passwords: userInfoPasswords(rest, colon),
    pieces: pieces(rest, colon),
    names: namesAround(rest, likelyEnd(rest)).flatMap((name) => [name, decode(name)]),
  }
}

/** Readings of what stands between the user's colon and an `@`: each `@` may be the one that ends the password. */
function userInfoPasswords(rest: string, colon: number): string[] {
  if (colon < 0) return []
  const found: string[] = []
  for (
    let at = rest.indexOf('@', colon);
    at >= 0 && found.length < MOST_CANDIDATES;
    at = rest.indexOf('@', at + 1)
  ) {
    found.push(rest.slice(colon + 1, at))
  }
  const last = rest.lastIndexOf('@')
  if (last > colon) return [...found, rest.slice(colon + 1, last)]
  const afterColon = rest.slice(colon + 1)
  // No @ at all: a port, or a password whose host was forgotten.
  return /^\d*(?:[/?#]|$)/.test(afterColon) || rest.startsWith('[') ? [] : [afterColon]
}

function parameterPasswords(text: string): string[] {
  const found = text.matchAll(/(?:ssl)?password\s*=\s*(?:'((?:[^'\\]|\\.)*)'|([^&\s#]*))/gi)
  // In a URL only & and # end it, in a key-value string white space does.
  const inQuery = text.matchAll(/password=([^&#]*)/gi)
  return [...[...found].slice(0, MOST_CANDIDATES), ...[...inQuery].slice(0, MOST_CANDIDATES)].flatMap(
    (match) => {
      const value = match[1] ?? match[2] ?? ''
      return [value, value.replaceAll('+', ' ')]
    },
  )
}

/** The URL class drops tabs and line ends, so what it shows can differ from all that stands in the text. */
function urlClassPassword(text: string): string[] {
  return URL.canParse(text) ? [new URL(text).password].filter(Boolean) : []
}

/** A parser that stops at an unencoded delimiter shows the rest of the password as host, path or query. */
function pieces(rest: string, colon: number): string[] {
  const end = likelyEnd(rest)
  if (colon < 0 || end < colon) return []
  const parts = rest.slice(colon + 1, end).split(/[/?#@]/)
  return parts.length > 1 ? parts.slice(0, MOST_CANDIDATES) : []
}

/** The `@` before the host: the last one, but for those in a well-formed query (`?application_name=me@here`). */
function likelyEnd(rest: string): number {
  const beforeQuery = rest.split(/\?\w+=/, 1)[0] ?? ''
  return beforeQuery.includes('@') ? beforeQuery.lastIndexOf('@') : rest.lastIndexOf('@')
}

/** User, host and database, where that `@` is the one before the host. */
function namesAround(rest: string, at: number): string[] {
  const user = at < 0 ? '' : (rest.slice(0, at).split(':', 1)[0] ?? '')
  const place = /^(\[[^\]]*\]|[^:/?#]*)(?::[^/?#]*)?(?:\/([^?#]*))?/.exec(rest.slice(at + 1))
  return [user, place?.[1] ?? '', place?.[2] ?? ''].filter(Boolean)
}

/** Every spelling in which a secret may be met: raw, encoded as URLs have it, in base64, JSON, HTML and SQL; each of its lines. */
export function spellSecret(secret: string): string[] {
  const forms = [...new Set([secret, decode(secret), ...linesOf(secret)])]
  return forms.flatMap((form) => [
    form,
    ...encodings(form),
    ...base64Forms(form),
    JSON.stringify(form).slice(1, -1),
    form.replaceAll("'", "''"),
    form.replaceAll('"', '""'),
    form.replaceAll('\\', '\\\\').replaceAll("'", "\\'"),
    form.replaceAll('\\', '\\\\').replaceAll("'", "''"),
    form.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  ])
}

/** What is printed line by line is met in lines: of a private key, say. A short one is a word that occurs anywhere. */
function linesOf(secret: string): string[] {
  const lines = secret.split(/[\r\n]+/)
  return lines.length === 1 ? [] : lines.filter((line) => line.trim().length >= SHORTEST_LINE)
}

const SHORTEST_LINE = 8

function spellPair(user: string, password: string): string[] {
  const raw = `${user}:${password}`
  const decoded = `${decode(user)}:${decode(password)}`
  return [`${raw}@`, `${decoded}@`, ...base64Forms(raw), ...base64Forms(decoded)]
}

function encodings(text: string): string[] {
  const whole = text.replace(/\p{Surrogate}/gu, '\ufffd')
  const component = encodeURIComponent(whole)
  const strict = component.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  const upper = [component, strict, encodeURI(whole), asForm(whole), asUserInfo(whole)]
  return [...upper, ...upper.map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))]
}

function asForm(text: string): string {
  return new URLSearchParams({ p: text }).toString().slice(2)
}

/** What the URL class shows, and so every message that quotes its parts. */
function asUserInfo(text: string): string {
  const url = new URL('postgres://u@h')
  url.password = text
  return url.password
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function base64Forms(text: string): string[] {
  const padded = base64(text)
  return [padded, padded.replace(/=+$/, ''), Buffer.from(text).toString('base64url')]
}

/** Decodes what can be decoded: a lone `%` stays as it is. */
function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes)
    } catch {
      return codes
    }
  })
}

function normalised(url: string): string {
  return URL.canParse(url) ? new URL(url).href : url
}

/**
 * Replaces each of the secrets by `***`, the longest first, until none is left: what two replacements leave between
 * them can be one again. Secrets under 4 characters are not looked for.
 */
export function makeRedact(secrets: readonly string[]): Redact {
  const longEnough = [...new Set(secrets)].filter((secret) => secret.length >= SHORTEST)
  if (longEnough.length === 0) return (text) => text
  const longestFirst = longEnough.sort((a, b) => b.length - a.length)
  const pattern = new RegExp(longestFirst.map(escapePattern).join('|'), 'g')
  return (text) => {
    let before: string
    let after = text
    do {
      before = after
      after = before.replace(pattern, '***')
    } while (after !== before)
    return after
  }
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

import { type Argument, argumentsAt, stringOf } from './call-arguments.js'
import { isSecretName } from './is-secret-name.js'
import type { Placed } from './placed.js'
import type { Token } from './tokens.js'

/**
 * The literal that a function takes for a secret.
 *
 * @param at its name; a parenthesis follows
 * @param contentOf what a string says
 */
export function* inCall(
  tokens: readonly Token[],
  at: number,
  contentOf: (token: Token) => string,
): Generator<Placed> {
  const name = tokens[at]?.text ?? ''
  if (!CALLS.has(name)) return
  const list = argumentsAt(tokens, at + 1)
  if (name === 'set_config') yield* inSetting(list, contentOf)
  else if (HEADERS.has(name)) yield* inHeaders(list, contentOf)
  else if (name === 'format') yield* inFormat(list, contentOf)
  else yield* inArgument(list, TAKES[name])
}

/** Where a function takes its secret, by place and by name. */
interface Takes {
  readonly place: number
  readonly names?: readonly string[]
  readonly what: string
  readonly unsure?: true
  /** With fewer arguments it is another function. */
  readonly least?: number
}

const VAULT = 'a secret of the vault'
const CIPHER = 'the key of an encryption'

const TAKES: Readonly<Record<string, Takes>> = {
  create_secret: { place: 0, names: ['new_secret', 'secret'], what: VAULT },
  update_secret: { place: 1, names: ['new_secret'], what: VAULT },
  crypt: { place: 0, what: 'a password that is hashed' },
  digest: { place: 0, what: 'a text that is hashed', unsure: true },
  hmac: { place: 1, what: 'the key of an HMAC' },
  sign: { place: 1, names: ['secret'], what: 'the secret that a JWT is signed with', least: 2 },
  verify: { place: 1, names: ['secret'], what: 'the secret that a JWT is signed with', least: 2 },
  encrypt: { place: 1, what: CIPHER },
  decrypt: { place: 1, what: CIPHER },
  encrypt_iv: { place: 1, what: CIPHER },
  decrypt_iv: { place: 1, what: CIPHER },
  pgp_sym_encrypt: { place: 1, what: CIPHER },
  pgp_sym_decrypt: { place: 1, what: CIPHER },
  pgp_sym_encrypt_bytea: { place: 1, what: CIPHER },
  pgp_sym_decrypt_bytea: { place: 1, what: CIPHER },
  pgp_pub_decrypt: { place: 2, what: 'the password of a private key' },
}

const HEADERS = new Set([
  'jsonb_build_object',
  'json_build_object',
  'http_header',
  'hstore',
  'http_set_curlopt',
])

const CALLS: ReadonlySet<string> = new Set([...Object.keys(TAKES), ...HEADERS, 'set_config', 'format'])

function* inArgument(list: readonly Argument[], takes: Takes | undefined): Generator<Placed> {
  if (!takes || list.length < (takes.least ?? 1)) return
  const named = list.find(({ name }) => name !== undefined && takes.names?.includes(name))
  const placed = list[takes.place]
  const token = stringOf(named ?? (placed?.name === undefined ? placed : undefined))
  if (token) yield { token, what: takes.what, ...(takes.unsure ? { unsure: true } : {}) }
}

function* inSetting(
  [name, value]: readonly Argument[],
  contentOf: (token: Token) => string,
): Generator<Placed> {
  const [setting, token] = [stringOf(name), stringOf(value)]
  const called = setting && contentOf(setting)
  if (called !== undefined && token && isSecretName(called))
    yield { token, what: `the setting ${called.replace(/[^\w.$-]/g, '?').slice(0, 60)}` }
}

/** `'apikey', '…'`: a header's name and, as the next argument, its value. */
function* inHeaders(list: readonly Argument[], contentOf: (token: Token) => string): Generator<Placed> {
  for (const [index, argument] of list.entries()) {
    const [name, token] = [stringOf(argument), stringOf(list[index + 1])]
    if (name && token && HEADER.test(contentOf(name))) yield { token, what: 'the key in a request’s header' }
  }
}

const HEADER =
  /^(?:(?:proxy-)?authorization|(?:x-)?(?:api[-_]?key|access[-_]?token|auth[-_]?token)|x-[\w-]*(?:key|token|secret))$/i

/** `format('… PASSWORD %L', …, '…')`. */
function* inFormat(
  [format, ...values]: readonly Argument[],
  contentOf: (token: Token) => string,
): Generator<Placed> {
  const text = stringOf(format)
  if (!text) return
  const [before] = contentOf(text).split(/(?<=password\s+'?)%[sIL]/i)
  const content = contentOf(text)
  if (before === undefined || before.length === content.length) return
  const token = stringOf(values[before.match(/%[sIL]/g)?.length ?? 0])
  if (token) yield { token, what: 'the password of a role' }
}

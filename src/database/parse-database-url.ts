import { UserError } from '../model/user-error.js'

/** A database URL taken apart. `password` is the only secret in it. */
export interface DatabaseUrl {
  readonly host: string
  readonly port: number
  /** Absent: the operating system's user, as with psql. */
  readonly user?: string
  readonly password?: string
  /** Absent: the user's name, as with psql. */
  readonly database?: string
  readonly sslMode?: SslMode
  readonly sslRootCert?: string
  readonly channelBinding: boolean
  /** Without it no connection. */
  readonly bindingRequired?: true
  /** libpq's `options`, passed on as they are. */
  readonly options?: string
}

export type SslMode = (typeof SSL_MODES)[number]
const SSL_MODES = ['disable', 'no-verify', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const

/**
 * Text → parts, after libpq's URI form. No message made here holds any piece of the URL, because where a password is
 * not percent-encoded any piece may be a piece of the password.
 *
 * @param source what to call the place the URL came from, in messages
 * @throws UserError
 */
export function parseDatabaseUrl(text: string, source: string): DatabaseUrl {
  const refuse: Refuse = (what) => {
    throw new UserError([{ message: `The database URL in ${source} ${what}.`, help: HELP }])
  }
  const match = /^postgres(?:ql)?:\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?$/is.exec(text.trim())
  if (!match) return refuse('does not begin with postgresql:// or postgres://')
  const [, authority = '', path = '', query = '', fragment] = match
  if (fragment !== undefined) refuse('holds a # that is not percent-encoded (%23)')
  if (path.includes('@') || query.includes('@'))
    refuse('has an @ after the first /, ? or #: the password holds one of these unencoded')

  const parameters = parseParameters(query, refuse)
  checkParameters(parameters, refuse)
  const at = authority.lastIndexOf('@')
  const user = at < 0 ? {} : parseUser(authority.slice(0, at), refuse)
  const place = parsePlace(authority.slice(at + 1), parameters, refuse)
  const database = decode(path.slice(1), refuse)
  if (database.includes('/') && !path.includes('%2F') && !path.includes('%2f'))
    refuse('has more than one / after the host')
  return {
    ...place,
    ...user,
    ...withDatabase(once(database, parameters, 'dbname', refuse)),
    ...parseOptions(parameters, user, refuse),
  }
}

type Refuse = (what: string) => never

const HELP =
  'Write postgresql://user:password@host:5432/database and percent-encode each of : / ? # [ ] @ % and spaces in the user and password, for example @ as %40 and # as %23.'

function parseParameters(query: string, refuse: Refuse): Map<string, string> {
  const parameters = new Map<string, string>()
  for (const pair of query.split('&').filter(Boolean)) {
    const equals = pair.indexOf('=')
    if (equals < 0) refuse('has a parameter without a value after the ?')
    const name = decode(pair.slice(0, equals), refuse)
    const value = decode(pair.slice(equals + 1), refuse)
    if ((parameters.get(name) ?? value) !== value) refuse('has a parameter twice, with different values')
    parameters.set(name, value)
  }
  return parameters
}

function parseUser(text: string, refuse: Refuse): { user?: string; password?: string } {
  const colon = text.indexOf(':')
  const user = decode(colon < 0 ? text : text.slice(0, colon), refuse)
  const password = colon < 0 ? '' : decode(text.slice(colon + 1), refuse)
  return { ...(user ? { user } : {}), ...(password ? { password } : {}) }
}

function parsePlace(
  text: string,
  parameters: Map<string, string>,
  refuse: Refuse,
): { host: string; port: number } {
  if (text.includes(',')) refuse('names several hosts, and one is needed: the one that takes writes')
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]*))(?::([^:]*))?$/i.exec(text)
  if (!match)
    return refuse('has a host and port that can not be read: a : or [ in the password may be unencoded')
  const named = match[1] ?? decode(match[2] ?? '', refuse)
  const host = once(named, parameters, 'host', refuse) || 'localhost'
  if (!host.startsWith('/') && !/^[a-z0-9._:-]+$/i.test(host))
    refuse('has characters in its host that no host name has: the password may be unencoded')
  const portText = once(match[3] ?? '', parameters, 'port', refuse) || '5432'
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : 0
  if (port < 1 || port > 65535)
    refuse('has a port that is no number from 1 to 65535: the password may be unencoded')
  return { host, port }
}

function parseOptions(
  parameters: Map<string, string>,
  authority: { user?: string; password?: string },
  refuse: Refuse,
): Omit<DatabaseUrl, 'host' | 'port'> {
  const sslRootCert = parameters.get('sslrootcert')
  const binding = parameters.get('channel_binding')
  const sslMode = chooseSslMode(parameters, refuse)
  if (parameters.has('sslcert') || parameters.has('sslkey'))
    refuse('asks for a client certificate (sslcert, sslkey), which is not supported')
  const options = parameters.get('options')
  const user = once(authority.user ?? '', parameters, 'user', refuse)
  const password = once(authority.password ?? '', parameters, 'password', refuse)
  return {
    ...(sslMode === undefined ? {} : { sslMode }),
    ...(sslRootCert && sslRootCert !== 'system' ? { sslRootCert } : {}),
    ...(options ? { options } : {}),
    ...(user ? { user } : {}),
    ...(password ? { password } : {}),
    channelBinding: ['require', 'prefer'].includes(binding ?? ''),
    ...(binding === 'require' ? { bindingRequired: true } : {}),
  }
}

/** What asks for TLS is never passed over: it makes a weaker sslmode a stronger one, and contradicts one without TLS. */
function chooseSslMode(parameters: Map<string, string>, refuse: Refuse): SslMode | undefined {
  const said = parameters.get('sslmode')
  if (said !== undefined && !isSslMode(said))
    return refuse(`has an sslmode that is none of ${SSL_MODES.join(', ')}`)
  const demand = sslDemand(parameters)
  if (demand === undefined || said === undefined) return said ?? demand
  if (said === 'disable' || (said === 'no-verify' && demand === 'verify-full'))
    return refuse(`asks for TLS by one parameter, and against it by sslmode=${said}`)
  if (said !== 'prefer' && said !== 'allow') return said
  // For a public host these would be verified, so that is the safer of the two.
  return demand === 'no-verify' ? 'require' : demand
}

/** By other parameters than sslmode, those of other drivers included. */
function sslDemand(parameters: Map<string, string>): SslMode | undefined {
  // As in libpq: to name the system's authorities is to ask for verification.
  if (parameters.get('sslrootcert') === 'system') return 'verify-full'
  const ssl = parameters.get('ssl')
  const asks =
    (ssl !== undefined && !['false', '0', 'no-verify'].includes(ssl)) ||
    parameters.get('requiressl') === '1' ||
    // There is none without TLS.
    parameters.get('channel_binding') === 'require' ||
    parameters.get('sslnegotiation') === 'direct'
  if (ssl === 'no-verify') return ssl
  return asks ? 'require' : undefined
}

/** What stands in the authority may stand in a parameter instead, as with psql, but not differently in both. */
function once(given: string, parameters: Map<string, string>, name: string, refuse: Refuse): string {
  const parameter = parameters.get(name)
  if (parameter !== undefined && given !== '' && parameter !== given)
    refuse(`says one ${name} in its parameters and another before them`)
  return parameter ?? given
}

function checkParameters(parameters: Map<string, string>, refuse: Refuse): void {
  for (const [name, value] of parameters) {
    if (!CARRIED_OUT.has(name) && !WITHOUT_EFFECT.has(name))
      refuse('has a parameter that is not known here; names are in lower case, for example sslmode')
    if (name === 'target_session_attrs' && !['any', 'read-write', 'primary'].includes(value))
      refuse('asks by target_session_attrs for a server that takes no writes')
    if (name === 'gssencmode' && value === 'require')
      refuse('asks for encryption by GSSAPI (gssencmode=require), which is not supported')
    if (name === 'channel_binding' && !['disable', 'prefer', 'require'].includes(value))
      refuse('has a channel_binding that is none of disable, prefer, require')
  }
}

const CARRIED_OUT = new Set([
  ...['host', 'port', 'dbname', 'user', 'password', 'options', 'channel_binding', 'target_session_attrs'],
  ...['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'ssl', 'requiressl'],
])

/** Of libpq and of other drivers, found in URLs that work elsewhere. None of them names a target or demands safety but by a value that is looked at. */
const WITHOUT_EFFECT = new Set([
  ...[
    'application_name',
    'fallback_application_name',
    'client_encoding',
    'connect_timeout',
    'load_balance_hosts',
  ],
  ...['keepalives', 'keepalives_idle', 'keepalives_interval', 'keepalives_count', 'tcp_user_timeout'],
  ...['gssencmode', 'krbsrvname', 'gsslib', 'gssdelegation', 'sslcompression', 'sslsni', 'sslnegotiation'],
  ...['schema', 'connection_limit', 'pool_timeout', 'pgbouncer', 'socket_timeout', 'statement_cache_size'],
  ...[
    'uselibpqcompat',
    'supa',
    'workaround',
    'prepared_statements',
    'pool_mode',
    'max_idle_connection_lifetime',
  ],
])

function isSslMode(text: string): text is SslMode {
  return SSL_MODES.some((mode) => mode === text)
}

function withDatabase(database: string | undefined): { database?: string } {
  return database ? { database } : {}
}

function decode(text: string, refuse: Refuse): string {
  if (/%00|\0/.test(text)) refuse('holds a NUL (%00)')
  try {
    return decodeURIComponent(text)
  } catch {
    return refuse('holds a % that begins no percent-code: write %25')
  }
}

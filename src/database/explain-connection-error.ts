import { ConnectionError, type ConnectionTrouble } from '../model/connection-error.js'
import type { ServerError } from '../model/session.js'
import type { Endpoint } from '../model/target.js'

/**
 * A failed connection in one sentence that names host and reason, with the way out. Never the password.
 *
 * @param systemCode what the operating system or TLS called it (`ECONNREFUSED`, `SELF_SIGNED_CERT_IN_CHAIN`)
 */
export function explainConnectionError(
  endpoint: Endpoint,
  error: ServerError,
  systemCode: string | undefined,
): ConnectionError {
  const place = `${endpoint.host}:${endpoint.port}`
  const help =
    HELP[systemCode ?? ''] ??
    helpByText(error.message) ??
    'Check that the server runs and that this machine may reach it.'
  return new ConnectionError(
    {
      message: `Cannot connect to ${place}, database ${endpoint.database}, as ${endpoint.user}: ${error.message || systemCode}.`,
      help,
    },
    troubleOf(error, systemCode),
  )
}

function troubleOf({ message }: ServerError, systemCode = ''): ConnectionTrouble {
  if (STARTING.has(systemCode)) return 'starting'
  if (systemCode === 'ECONNRESET' || systemCode === 'EPIPE' || /terminated unexpectedly/i.test(message))
    return 'cut'
  if (AWAY.has(systemCode)) return 'away'
  return REFUSED.test(systemCode) ? 'refused' : 'final'
}

/** Ending or starting. */
const STARTING = new Set(['57P01', '57P02', '57P03'])

/** Not reached, or full. */
const AWAY = new Set(['53300', 'ECONNREFUSED', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** May not log in, wrong password, no such database, no right to connect; and what a login trigger raises. */
const REFUSED = /^(28...|3D000|42501|P0001)$/

const CERTIFICATE =
  'The certificate could not be verified. Give the authority that signed it with the input tls-ca (or sslrootcert=… in the URL). sslmode=no-verify in the URL turns the check off, in words, and the report says so.'

const OPTIONS = 'Correct the setting in the options of the URL, or take it out.'

const HELP: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there: check host and port, and that the server is up.',
  ENOTFOUND: 'The host name does not resolve: check its spelling.',
  EAI_AGAIN: 'The host name does not resolve just now: check the name server, or try again.',
  ENETUNREACH:
    'There is no route to it. GitHub-hosted runners have no IPv6: use an address that answers on IPv4 (with Supabase, the session pooler).',
  EHOSTUNREACH: 'There is no route to it: check firewalls and that this machine may reach the network.',
  ETIMEDOUT: 'It did not answer: check firewalls and allow-lists.',
  ENOENT: 'There is no socket of that name: check the folder and that the server is up.',
  '28P01': 'The password is wrong for this user. Check the secret; percent-encode special characters in it.',
  '28000':
    'The server refuses this user or this way of connecting: check pg_hba.conf, the user name and sslmode.',
  '3D000': 'There is no such database: check the last part of the URL, or create it first.',
  '42704': OPTIONS,
  '22023': OPTIONS,
  '53300': 'The server has no connection left: try again later, or raise max_connections.',
  '57P03': 'The server is starting up or shutting down: try again.',
  SELF_SIGNED_CERT_IN_CHAIN: CERTIFICATE,
  DEPTH_ZERO_SELF_SIGNED_CERT: CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CERTIFICATE,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: CERTIFICATE,
  CERT_HAS_EXPIRED: CERTIFICATE,
  ERR_TLS_CERT_ALTNAME_INVALID: CERTIFICATE,
}

function helpByText(message: string): string | undefined {
  if (/no channel binding$/.test(message))
    return 'Let the server ask for scram-sha-256 over TLS of its own, with no proxy in between that ends TLS; or take channel_binding out of the URL.'
  if (/does not support SSL/i.test(message))
    return 'The server offers no TLS. If that is meant, say so with sslmode=disable in the URL.'
  if (/timeout expired/i.test(message)) return HELP.ETIMEDOUT
  if (/password must be a (non-empty )?string/i.test(message))
    return 'The server asks for a password and the URL has none.'
  if (/unsupported (startup parameter|options)/i.test(message))
    return 'A pooler in between refuses a parameter of the connection: take options out of the URL, or connect to PostgreSQL itself.'
  return undefined
}

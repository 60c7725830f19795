import type { ConnectionOptions } from 'node:tls'
import type { TlsMode } from '../model/target.js'
import { isPrivateHost } from './is-private-host.js'
import type { DatabaseUrl } from './parse-database-url.js'

/** What `pg` gets as `ssl`, and the words the report uses for it. */
export interface Tls {
  readonly mode: TlsMode
  readonly ssl: false | ConnectionOptions
}

/**
 * verify-full for public names and addresses; private ones may be plain; opting out takes `sslmode=disable` or
 * `no-verify` in words. `require` counts as verify-full: a connection that checks no certificate protects from nobody
 * in the middle.
 *
 * @param ca PEM text that replaces the built-in authorities
 */
export function chooseTls(url: Pick<DatabaseUrl, 'host' | 'sslMode'>, ca: string | undefined): Tls {
  const verified: Tls = { mode: 'verify-full', ssl: { rejectUnauthorized: true, ...(ca ? { ca } : {}) } }
  switch (url.sslMode) {
    case 'disable':
      return { mode: 'off (sslmode=disable)', ssl: false }
    case 'no-verify':
      return { mode: 'not verified (sslmode=no-verify)', ssl: { rejectUnauthorized: false } }
    case 'require':
    case 'verify-ca':
    case 'verify-full':
      return verified
    default:
      return isPrivateHost(url.host) && !ca ? { mode: 'off (private address)', ssl: false } : verified
  }
}

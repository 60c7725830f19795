import { isBefore } from './semantics.js'
import type { SupabaseCli } from './supabase-cli.js'

/** Where the CLI is to connect, as our own connection does. Holds no password: it is in no argument. */
export interface CliTarget {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
  /** In libpq's words; `sslRootCert` is the path of a PEM file. */
  readonly sslMode: 'disable' | 'require' | 'verify-full'
  readonly sslRootCert?: string
  /** The URL's own options, then ours: `-c lock_timeout=3000`. */
  readonly options: string
}

/** The arguments of one `db push`. */
export function pushCommand(
  { version }: Pick<SupabaseCli, 'version'>,
  target: CliTarget,
  { workdir, includeAll }: { readonly workdir: string; readonly includeAll: boolean },
): string[] {
  return [
    'db',
    'push',
    // Releases from 3.0 on know both, and will lose the old name.
    isBefore(version, '3.0.0') ? '--db-url' : '--remote',
    urlOf(target),
    '--workdir',
    workdir,
    // Without a terminal some releases ask and take silence for yes, and others refuse.
    '--yes',
    ...(includeAll ? ['--include-all'] : []),
  ]
}

function urlOf({ host, port, user, database, sslMode, sslRootCert, options }: CliTarget): string {
  const place = host.includes(':') ? `[${host}]` : host
  const parameters = [
    ['sslmode', sslMode],
    ...(sslRootCert === undefined ? [] : [['sslrootcert', sslRootCert]]),
    ['connect_timeout', '20'],
    ...(options === '' ? [] : [['options', options]]),
  ]
  const query = parameters.map(([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`).join('&')
  return `postgresql://${encodeURIComponent(user)}@${place}:${port}/${encodeURIComponent(database)}?${query}`
}

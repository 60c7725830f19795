import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { applicationName } from './application-name.js'
import { chooseTls, type Tls } from './choose-tls.js'
import { type Guard, startGuard } from './embedded/guard.js'
import { SOCKET_PREFIX } from './embedded/open-socket-server.js'
import { writeRunMark } from './embedded/run-mark.js'
import { makeScratch } from './embedded/scratch.js'
import { loadRootCertificate } from './load-root-certificate.js'
import type { Access } from './open-session.js'
import { type DatabaseUrl, parseDatabaseUrl } from './parse-database-url.js'

/** What PostgreSQL's own programs (`pg_dump`, `pg_restore`, `psql`) need to connect as we do. Nothing of it is an argument. */
export interface Libpq extends AsyncDisposable {
  /** All of it: nothing of this process's own environment is handed on. Holds the password. */
  readonly environment: NodeJS.ProcessEnv
  /** Ends the program that it is told of, however this process ends. */
  readonly guard: Pick<Guard, 'watch' | 'forget'>
}

export interface LibpqOptions {
  /** Secret. */
  readonly url: string
  readonly user: string
  readonly access: Access
  /** In place of the URL's. */
  readonly database?: string
  /** Removed at the end, and when this process ends: what is written under a temporary name. */
  readonly removed?: readonly string[]
}

/** Opens a way for PostgreSQL's programs, with TLS as strict as ours. Its files are gone with it. */
export async function openLibpq({ url, user, access, database, removed = [] }: LibpqOptions): Promise<Libpq> {
  const parts = parseDatabaseUrl(url, access.databaseSource)
  const ca = access.tlsCa ?? (await loadRootCertificate(parts))
  const folder = await makeScratch(undefined, { prefix: SOCKET_PREFIX, prepare: writeRunMark })
  // Its release removes the folder; the end of this process is a release too.
  const guard = startGuard(join(folder, 'data'), [folder, ...removed])
  const authorities = join(folder, 'authorities.pem')
  try {
    await writeFile(authorities, ca ?? rootCertificates.join('\n'), { mode: 0o600 })
  } catch (error) {
    await guard.release()
    throw error
  }
  return {
    environment: {
      ...environmentOf(parts, user, folder),
      ...(database === undefined ? {} : { PGDATABASE: database }),
      PGAPPNAME: applicationName(access.run.runUrl),
      ...tlsEnvironment(chooseTls(parts, ca), authorities),
    },
    guard,
    [Symbol.asyncDispose]: () => guard.release(),
  }
}

/** All that libpq would take from elsewhere is said. */
function environmentOf(
  { host, port, password = '', database, options = '', bindingRequired }: DatabaseUrl,
  user: string,
  folder: string,
): NodeJS.ProcessEnv {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LC_ALL: 'C',
    HOME: folder,
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: database ?? user,
    PGOPTIONS: options,
    PGCONNECT_TIMEOUT: '20',
    PGGSSENCMODE: 'disable',
    PGCHANNELBINDING: bindingRequired ? 'require' : 'prefer',
    PGPASSFILE: '/dev/null',
    PGSERVICEFILE: '/dev/null',
    PGSYSCONFDIR: folder,
  }
}

/** As our own connection has it. Node's authorities instead of libpq's, which has none of its own. */
function tlsEnvironment({ ssl }: Tls, authorities: string): NodeJS.ProcessEnv {
  if (ssl === false) return { PGSSLMODE: 'disable' }
  if (ssl.rejectUnauthorized === false) return { PGSSLMODE: 'require' }
  return { PGSSLMODE: 'verify-full', PGSSLROOTCERT: authorities }
}

import type { ServerAccount } from './server-account.js'

/**
 * How PostgreSQL's programs are started: as the account, in a folder that everybody may enter, with none of
 * the caller's variables (PGDATA, PGOPTIONS, a locale that translates messages, secrets).
 */
export function runAs(account: ServerAccount | undefined) {
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
  return account === undefined ? { cwd: '/', env } : { cwd: '/', env, uid: account.uid, gid: account.gid }
}

import { readFile } from 'node:fs/promises'
import { UserError } from '../../model/user-error.js'

/** The operating system's user that PostgreSQL runs as. */
export interface ServerAccount {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/**
 * PostgreSQL refuses to run as root, so root hands it to `nobody`; not to `postgres`, who may own a real
 * server on the same machine. Undefined for everybody else: the server then runs as the caller.
 */
export async function loadServerAccount(accountsFile = '/etc/passwd'): Promise<ServerAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const accounts = await readFile(accountsFile, 'utf8').catch(() => '')
  const account = parseAccount(accounts, 'nobody')
  if (account === undefined) throw noAccount(accountsFile)
  return account
}

function parseAccount(accounts: string, name: string): ServerAccount | undefined {
  const fields = accounts
    .split('\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.split(':')
  if (fields === undefined) return undefined
  const [uid, gid] = [unsigned(fields[2]), unsigned(fields[3])]
  return uid > 0 && gid > 0 ? { name, uid, gid } : undefined
}

/** macOS writes the account `nobody` as -2. */
function unsigned(field: string | undefined): number {
  return Number.parseInt(field ?? '', 10) >>> 0
}

function noAccount(accountsFile: string): UserError {
  return new UserError([
    {
      message: `PostgreSQL does not run as root, and ${accountsFile} has no account "nobody" to run it as.`,
      help: 'Run devflow as an ordinary user, or set DATABASE_URL to a server that is running.',
    },
  ])
}

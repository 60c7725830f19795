import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runAs } from './run-as.js'
import type { ServerAccount } from './server-account.js'

const run = promisify(execFile)

export interface InitdbOptions {
  /** The folder of the program `initdb`. */
  readonly bin: string
  /** Empty, and of the account. */
  readonly folder: string
  /** The superuser's name. */
  readonly user: string
  /** The file that holds the superuser's password. The password itself is in no argument. */
  readonly passwordFile: string
  readonly account: ServerAccount | undefined
  /** For data that will be thrown away: nothing waits for the disk. */
  readonly isTemporary: boolean
}

/** Makes a data folder that nobody is let into without a password. Throws with what `initdb` said. */
export async function runInitdb(options: InitdbOptions): Promise<void> {
  const { bin, folder, user, passwordFile, account, isTemporary } = options
  await run(
    join(bin, 'initdb'),
    [
      `--pgdata=${folder}`,
      `--username=${user}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      ...(isTemporary ? ['--no-sync', '--no-instructions'] : []),
    ],
    { ...runAs(account), timeout: LONGEST_MS, killSignal: 'SIGKILL' },
  )
}

/** Of what takes some seconds: longer, and it hangs. */
const LONGEST_MS = 300_000

import { execFile } from 'node:child_process'
import { access, constants, readdir, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { promisify } from 'node:util'
import { runAs } from './run-as.js'
import type { ServerAccount } from './server-account.js'

const run = promisify(execFile)

/** A program of PostgreSQL on this machine, of which there may be several. */
export interface InstalledProgram {
  readonly path: string
  /** The folder it is in, links followed. */
  readonly bin: string
  /** 15, 18, …, as the program itself says. */
  readonly major: number
}

export interface Machine {
  /** Default: this process's `PATH`. Of it only absolute folders are looked at. */
  readonly path?: string
  /** Where packages are installed, in the order they are looked at. Default: the places of Linux and macOS. */
  readonly places?: readonly Place[]
  /** Whom the program must run as. */
  readonly account?: ServerAccount
}

/** `<parent>/<what the pattern fits>/<below>` is a folder of programs. */
export interface Place {
  readonly parent: string
  readonly pattern: RegExp
  readonly below: string
}

const HOMEBREW = /^(?:postgresql|libpq)(?:@\d+)?$/

const PLACES: readonly Place[] = [
  // Debian and Ubuntu, also in GitHub's hosted runners.
  { parent: '/usr/lib/postgresql', pattern: /^\d+$/, below: 'bin' },
  // Red Hat and its kin, from postgresql.org.
  { parent: '/usr', pattern: /^pgsql-\d+$/, below: 'bin' },
  // Alpine.
  { parent: '/usr/libexec', pattern: /^postgresql\d+$/, below: '' },
  ...['/opt/homebrew/opt', '/usr/local/opt', '/home/linuxbrew/.linuxbrew/opt'].map((parent) => ({
    parent,
    pattern: HOMEBREW,
    below: 'bin',
  })),
  { parent: '/Applications/Postgres.app/Contents/Versions', pattern: /^\d+$/, below: 'bin' },
]

/**
 * Finds a program by name: in the places packages have, then on PATH. Wrappers that choose a version by rules of their
 * own are left out (Debian's `/usr/bin/pg_dump`): what counts is what the program says of itself. Never throws.
 *
 * @param beside programs that must be in the same folder
 */
export async function findInstallations(
  program: string,
  machine: Machine = {},
  beside: readonly string[] = [],
): Promise<InstalledProgram[]> {
  const found = new Map<string, InstalledProgram>()
  for (const folder of await foldersOf(machine)) {
    const path = await realpath(join(folder, program)).catch(() => undefined)
    if (path === undefined || basename(path) !== program || found.has(path)) continue
    const bin = dirname(path)
    if (!(await areThere([path, ...beside.map((other) => join(bin, other))]))) continue
    const major = await askMajor(path, machine.account)
    if (major !== undefined) found.set(path, { path, bin, major })
  }
  return [...found.values()]
}

async function foldersOf({ path = process.env.PATH ?? '', places = PLACES }: Machine): Promise<string[]> {
  const folders: string[] = []
  for (const { parent, pattern, below } of places) {
    const names: string[] = await readdir(parent).catch(() => [])
    folders.push(...names.filter((name) => pattern.test(name)).map((name) => join(parent, name, below)))
  }
  // A relative folder would be one of the checkout.
  return [...folders, ...path.split(':').filter(isAbsolute)]
}

async function areThere(paths: readonly string[]): Promise<boolean> {
  const looks = paths.map((path) => access(path, constants.X_OK))
  return Promise.all(looks).then(
    () => true,
    () => false,
  )
}

const ANSWERS_WITHIN_MS = 5_000

/** `postgres (PostgreSQL) 15.18 (Debian …)`. A program that does not run, or not as that account, is none. */
async function askMajor(path: string, account: ServerAccount | undefined): Promise<number | undefined> {
  const asked = run(path, ['--version'], { ...runAs(account), timeout: ANSWERS_WITHIN_MS })
  const said = await asked.then(
    ({ stdout }) => stdout,
    () => '',
  )
  const major = /\(PostgreSQL\) (\d+)/.exec(said)?.[1]
  return major === undefined ? undefined : Number(major)
}

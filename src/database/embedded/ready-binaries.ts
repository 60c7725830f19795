import { access, chmod, constants, cp, lstat, readdir, readFile, symlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { isReachable } from './reachable.js'
import type { ServerAccount } from './server-account.js'

/** PostgreSQL's programs, as they can be run. */
export interface Binaries {
  /** Holds `initdb` and `postgres`. */
  readonly bin: string
  /** 15, 18, … */
  readonly major: number
  /** Where they were copied to, when they could not be used in place. */
  readonly copiedTo?: string
}

interface Link {
  readonly source: string
  readonly target: string
}

/**
 * npm packages hold no symbolic links, so the package makes those of its libraries in a postinstall script.
 * Where that did not run (npm 12, `ignore-scripts`) they are made here: in place, or in a copy under `scratch`
 * where the package may not be written to. A package that the account may not run is copied as well.
 */
export async function readyBinaries(
  folder: string,
  scratch: string,
  account: ServerAccount | undefined,
): Promise<Binaries> {
  const major = await loadMajor(folder)
  const missing = await missingLinks(folder)
  const program = join(folder, 'native', 'bin', 'postgres')
  const inPlace =
    (await isReachable(program, account)) && (missing.length === 0 || (await isWritable(folder)))
  if (inPlace) {
    await makeLinks(folder, missing)
    return { bin: join(folder, 'native', 'bin'), major }
  }
  const copy = await copyOpen(folder, scratch)
  await makeLinks(copy, missing)
  return { bin: join(copy, 'native', 'bin'), major, copiedTo: copy }
}

/** A copy that everybody may read and its owner may delete, whatever the modes in the package are. */
async function copyOpen(folder: string, scratch: string): Promise<string> {
  const copy = join(scratch, 'binaries')
  await cp(join(folder, 'native'), join(copy, 'native'), { recursive: true, verbatimSymlinks: true })
  await chmod(copy, 0o755)
  for (const name of await readdir(copy, { recursive: true })) {
    const path = join(copy, name)
    if (!(await lstat(path)).isSymbolicLink()) await chmod(path, 0o755)
  }
  return copy
}

/** Of the PostgreSQL in a package folder: 15, 18, … */
export async function loadMajor(folder: string): Promise<number> {
  const text = await readFile(join(folder, 'package.json'), 'utf8')
  const { version } = JSON.parse(text) as { version?: string }
  return Number.parseInt(version ?? '', 10)
}

async function missingLinks(folder: string): Promise<Link[]> {
  const text = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const missing: Link[] = []
  for (const link of JSON.parse(text) as Link[]) {
    const isThere = await lstat(join(folder, link.target)).then(
      () => true,
      () => false,
    )
    if (!isThere) missing.push(link)
  }
  return missing
}

async function isWritable(folder: string): Promise<boolean> {
  return access(join(folder, 'native', 'lib'), constants.W_OK).then(
    () => true,
    () => false,
  )
}

async function makeLinks(folder: string, links: readonly Link[]): Promise<void> {
  for (const { source, target } of links) {
    await symlink(relative(dirname(target), source), join(folder, target)).catch(unlessItExists)
  }
}

/** Two processes may make the same links at the same time. */
function unlessItExists(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

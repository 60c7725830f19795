import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access, open, realpath, stat } from 'node:fs/promises'
import { delimiter, dirname, isAbsolute, join } from 'node:path'
import { promisify } from 'node:util'
import { readVersion } from './read-version.js'
import type { NoSupabaseCli, SupabaseCli } from './supabase-cli.js'

/** Where to look. */
export interface Searched {
  /** The file's `supabase-cli`, absolute: nothing else is looked for then. */
  readonly configured?: string
  /** Absolute folder whose `node_modules/.bin` is looked in, then that of each folder above it: that of the files. */
  readonly folder: string
  /** As the variable PATH has it. */
  readonly path: string
}

const run = promisify(execFile)

/**
 * The configured CLI, else the one that the project has installed, which its lock file pins, else the first on PATH. Starts
 * it once to ask for its version: no number in a file name or a manifest is believed.
 */
export async function findCli(searched: Searched): Promise<SupabaseCli | NoSupabaseCli> {
  const path = await findPath(searched)
  if (path === undefined) return notFound(searched)
  const command = await commandOf(path)
  const [program, ...first] = command
  try {
    const { stdout } = await run(program, [...first, '--version'], {
      timeout: WITHIN_MS,
      env: QUIET,
      cwd: '/',
    })
    const version = readVersion(stdout)
    return version === undefined
      ? strange(path, 'it does not say which version it is')
      : { path, command, version }
  } catch (error) {
    return strange(path, `it can not be started (${(error as NodeJS.ErrnoException).code ?? 'no code'})`)
  }
}

const WITHIN_MS = 30_000

/** Of this process's variables it gets none. */
const QUIET = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  NO_COLOR: '1',
  SUPABASE_TELEMETRY_DISABLED: '1',
  HOME: '/nonexistent',
}

async function findPath({ configured, folder, path }: Searched): Promise<string | undefined> {
  const name = process.platform === 'win32' ? 'supabase.exe' : 'supabase'
  const places =
    configured === undefined
      ? [
          ...foldersAbove(folder).map((each) => join(each, 'node_modules', '.bin', name)),
          // An entry that is relative means another program in each folder.
          ...path
            .split(delimiter)
            .filter(isAbsolute)
            .map((each) => join(each, name)),
        ]
      : [configured]
  for (const place of places) if (await isProgram(place)) return place
  return undefined
}

function foldersAbove(folder: string): string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...foldersAbove(above)]
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

/** What npm installs is a script for Node.js, which need not be on the PATH that it is started with. */
async function commandOf(path: string): Promise<[string, ...string[]]> {
  const real = await realpath(path)
  const file = await open(real)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(80), 0, 80, 0)
    const isScript = /^#!.*\bnode\b/.test(buffer.toString('latin1', 0, bytesRead))
    return isScript ? [process.execPath, real] : [real]
  } finally {
    await file.close()
  }
}

function notFound({ configured }: Searched): NoSupabaseCli {
  const message =
    configured === undefined
      ? 'The Supabase CLI is not here: there is none in node_modules/.bin of the working directory or of a folder above it, and none on PATH.'
      : `supabase-cli: ${configured} is no program that can be started.`
  return {
    problem: {
      message,
      help: 'Install it in the job: npm install --save-dev supabase, or the action supabase/setup-cli; or name it in devflow.yml as database.migrations.supabase-cli. Or apply the files without it: format: sql.',
    },
  }
}

function strange(path: string, why: string): NoSupabaseCli {
  return {
    problem: {
      message: `${path} is not used as the Supabase CLI: ${why}.`,
      help: 'Run it with --version, and install it again: npm install --save-dev supabase.',
    },
  }
}

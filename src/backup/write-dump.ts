import { createWriteStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { createGzip } from 'node:zlib'
import type { BackupPrograms } from './choose-programs.js'
import { type DumpWish, dumpArguments } from './dump-arguments.js'
import type { ProgramAccess } from './program-access.js'
import { runProgram } from './run-program.js'

export interface DumpOptions extends Omit<DumpWish, 'file'> {
  readonly programs: Pick<BackupPrograms, 'dump'>
  readonly access: ProgramAccess
  /** Does not exist yet. Nobody else may read what it becomes. */
  readonly path: string
  readonly signal?: AbortSignal
}

/** Writes a dump, and gives the reason where it could not, as a clause; what there is of it then is of no use. */
export async function writeDump(options: DumpOptions): Promise<string | undefined> {
  const { programs, access, path, kind, signal } = options
  const program = { path: programs.dump, access, signal }
  if (kind === 'sql.gz') {
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
    const ran = await runProgram({ ...program, args: dumpArguments(options), stdout: [createGzip(), file] })
    return 'why' in ran ? ran.why : undefined
  }
  if (kind === 'folder') await mkdir(path, { mode: 0o700 })
  // Made here, so that it is closed to others from its first byte on.
  else await (await open(path, 'wx', 0o600)).close()
  const ran = await runProgram({ ...program, args: dumpArguments({ ...options, file: path }) })
  return 'why' in ran ? ran.why : undefined
}

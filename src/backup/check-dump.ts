import type { BackupForm } from '../model/backup.js'
import { checkScript } from './check-script.js'
import type { CheckedDump } from './checked-dump.js'
import type { BackupPrograms } from './choose-programs.js'
import type { ProgramAccess } from './program-access.js'
import { runProgram } from './run-program.js'

export interface CheckOptions {
  readonly kind: BackupForm
  readonly path: string
  readonly programs: Pick<BackupPrograms, 'restore'>
  readonly access: ProgramAccess
  readonly signal?: AbortSignal
}

/** Reads a dump from its first byte to its last, or says what is wrong with it, as a clause. */
export async function checkDump(options: CheckOptions): Promise<CheckedDump | { readonly why: string }> {
  const { kind, path, programs, access, signal } = options
  if (kind === 'sql.gz') return checkScript(path)
  const program = { path: programs.restore, access, signal }
  const listed = await runProgram({ ...program, args: ['--list', path] })
  if ('why' in listed) return listed
  // The list stands at the beginning: only reading the rows shows whether they are all there.
  const read = await runProgram({ ...program, args: ['--file=/dev/null', path] })
  if ('why' in read) return read
  return parseList(listed.text)
}

/** Text → what a list of `pg_restore --list` tells. */
export function parseList(text: string): CheckedDump | { readonly why: string } {
  const dumpVersion = /^;\s+Dumped by pg_dump version: (.+)$/m.exec(text)?.[1]
  const serverVersion = /^;\s+Dumped from database version: (.+)$/m.exec(text)?.[1]
  if (dumpVersion === undefined || serverVersion === undefined)
    return { why: 'its list does not tell what wrote it' }
  const tables = text.match(/^\d+; \d+ \d+ TABLE DATA /gm)?.length ?? 0
  return { dumpVersion, serverVersion, tables }
}

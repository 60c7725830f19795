import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BackupManifest } from '../model/backup.js'
import { chooseEntries } from './choose-entries.js'
import type { BackupPrograms } from './choose-programs.js'
import { type RestoreOptions, restoreDump } from './restore-dump.js'
import { runProgram } from './run-program.js'

export interface UseOptions extends Omit<RestoreOptions, 'kind' | 'list' | 'withoutOwners' | 'programs'> {
  readonly manifest: BackupManifest
  readonly programs: BackupPrograms
}

/**
 * Restores a backup with its owners and rights, or says why it could not, as a clause: then nothing is left of it. One with
 * only the rows of what was touched has no foreign keys: what they lead to is not there.
 */
export async function restoreForUse(options: UseOptions): Promise<string | undefined> {
  const { manifest } = options
  if (manifest.mode === 'full') return restoreDump({ ...options, kind: manifest.kind })
  if (manifest.kind === 'sql.gz')
    return 'a backup of what was touched is not restored from sql.gz: its foreign keys lead to rows that are not in it'
  const folder = await mkdtemp(join(tmpdir(), 'devflow-restore-'))
  try {
    const listed = await runProgram({
      ...options,
      path: options.programs.restore,
      args: ['--list', options.path],
    })
    if ('why' in listed) return listed.why
    const { first, rest } = chooseEntries(listed.text, { hasAllRows: false, all: true })
    const list = join(folder, 'list')
    await writeFile(list, `${first}${rest}`, { mode: 0o600, flag: 'wx' })
    return await restoreDump({ ...options, kind: manifest.kind, list })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { System } from '../../src/programs/system.js'
import { aFolder } from '../support/postgres/a-folder.js'

/** A folder with `pg_dump`, `pg_restore` and `psql`, and a machine on which these are all there are. */
export interface ProgramFolder extends AsyncDisposable {
  readonly path: string
  readonly machine: NonNullable<System['machine']>
}

/**
 * @param bin the folder of the real programs
 * @param dump what the stand-in for `pg_dump` does when it is to dump, as a shell script, in which `"$real"` is the real one;
 *   asked for its version it answers as the real one, or with `says`
 */
export async function aProgramFolder(
  bin: string,
  dump: string,
  says = '$("$real" --version)',
): Promise<ProgramFolder> {
  const folder = await aFolder()
  const path = join(folder.path, 'bin')
  await mkdir(path)
  for (const name of ['pg_restore', 'psql']) await symlink(join(bin, name), join(path, name))
  const script = `#!/bin/bash
real=${bin}/pg_dump
if [ "$1" = --version ]; then echo "${says}"; exit 0; fi
for each in "$@"; do case $each in --file=*) file=\${each#--file=};; esac; done
${dump}
`
  await writeFile(join(path, 'pg_dump'), script, { mode: 0o755 })
  return {
    path,
    machine: { path, places: [] },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

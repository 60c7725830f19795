import { resolve } from 'node:path'
import type { BackupSettings } from '../model/backup.js'
import { callInput, given } from './given.js'
import { showValue } from './show-value.js'
import type { Sources } from './sources.js'
import { whyOutside } from './why-outside.js'

/** What `restore` restores, and the database that it makes for it. */
export function chooseRestored(sources: Sources): Pick<BackupSettings, 'file' | 'create'> {
  const file = chooseFile(sources)
  const create = chooseCreated(sources)
  return { ...(file === undefined ? {} : { file }), ...(create === undefined ? {} : { create }) }
}

function chooseFile(sources: Sources): string | undefined {
  const { inputs, ledger, folder, command } = sources
  const said = given(inputs, 'file')
  if (said === undefined) {
    if (command === 'restore')
      ledger.problems.push({
        message: 'No backup is named to restore.',
        help: `Name one with ${callInput(inputs, 'file')}, such as backups/migrations/backup_before_migration_20260121_143022.dump.`,
      })
    return undefined
  }
  const path = resolve(folder, said.value)
  const where = whyOutside(path, sources)
  if (where !== undefined)
    ledger.problems.push({
      message: `file is ${showValue(said.value)}, ${where}.`,
      help: 'Bring the backup into the workspace, or into RUNNER_TEMP.',
    })
  return path
}

function chooseCreated({ inputs, ledger }: Sources): string | undefined {
  const said = given(inputs, 'create')
  if (said === undefined) return undefined
  if (!/^\P{Cc}+$/u.test(said.value) || Buffer.byteLength(said.value) > 63)
    ledger.problems.push({
      message: `create is ${showValue(said.value)}, which is no name for a database.`,
      help: 'A name has 1 to 63 bytes, all of them printable.',
    })
  return said.value
}

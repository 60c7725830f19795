import { open, readFile, rm, stat } from 'node:fs/promises'
import type { BackupManifest } from '../model/backup.js'
import { MANIFEST_ENDING } from './backup-name.js'

const FORM: BackupManifest['form'] = 'devflow-backup/1'
const LARGEST = 256 * 1024 * 1024

/** Writes it beside the backup, before that has its name. @returns false where there is one of that name already */
export async function writeManifest(backup: string, manifest: BackupManifest): Promise<boolean> {
  const handle = await open(`${backup}${MANIFEST_ENDING}`, 'wx', 0o600).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return undefined
      throw error
    },
  )
  if (!handle) return false
  try {
    await handle.writeFile(`${JSON.stringify(manifest, undefined, 2)}\n`)
    await handle.sync()
  } catch (error) {
    await rm(`${backup}${MANIFEST_ENDING}`, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  return true
}

/** Reads the one beside a backup, or says why it is of no use, as a clause. */
export async function loadManifest(backup: string): Promise<BackupManifest | { readonly why: string }> {
  const path = `${backup}${MANIFEST_ENDING}`
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) return { why: `there is no ${MANIFEST_ENDING} file of the same name beside it` }
  if (found.size > LARGEST) return { why: `its ${MANIFEST_ENDING} file is too large` }
  return parseManifest(await readFile(path, 'utf8'))
}

/** Text → manifest. Only this version's own is read. */
export function parseManifest(text: string): BackupManifest | { readonly why: string } {
  const wrong = { why: `its ${MANIFEST_ENDING} file is not as devflow-migrate writes it` }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return wrong
  }
  return isManifest(value) ? value : wrong
}

function isManifest(value: unknown): value is BackupManifest {
  if (typeof value !== 'object' || value === null) return false
  const it = value as Partial<Record<keyof BackupManifest, unknown>>
  const texts = [
    it.sha256,
    it.database,
    it.environment,
    it.serverTime,
    it.lsn,
    it.dumpVersion,
    it.serverVersion,
  ]
  return (
    it.form === FORM &&
    texts.every((each) => typeof each === 'string') &&
    typeof it.bytes === 'number' &&
    typeof it.serverMajor === 'number' &&
    (it.mode === 'full' || it.mode === 'touched') &&
    (it.kind === 'custom' || it.kind === 'folder' || it.kind === 'sql.gz') &&
    [it.owners, it.roles, it.withoutRows].every(areTexts) &&
    isMap(it.tracking) &&
    isMap(it.locale) &&
    isMap(it.contents) &&
    ['tables', 'sequences', 'schema'].every((part) => isMap((it.contents as Record<string, unknown>)[part]))
  )
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

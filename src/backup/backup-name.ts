import type { BackupForm } from '../model/backup.js'

const ENDINGS: Readonly<Record<BackupForm, string>> = { custom: '.dump', folder: '.dir', 'sql.gz': '.sql.gz' }

/** What a backup's manifest is called behind the backup's own name. */
export const MANIFEST_ENDING = '.json'

/** What no other file is called: only these are ever deleted. */
const OURS = /^backup_before_migration_\d{8}_\d{6}(?:_\d{1,3})?(?:\.dump|\.dir|\.sql\.gz)$/

/**
 * `backup_before_migration_20260121_143022.dump`
 *
 * @param serverTime ISO 8601 in UTC
 * @param again how many of that second are there already
 */
export function backupName(serverTime: string, kind: BackupForm, again = 0): string {
  const [date = '', time = ''] = serverTime.slice(0, 19).split('T')
  const stamp = `${date.replaceAll('-', '')}_${time.replaceAll(':', '')}`
  return `backup_before_migration_${stamp}${again > 0 ? `_${again + 1}` : ''}${ENDINGS[kind]}`
}

/** Whether a file or folder of this name is a backup of ours. */
export function isBackupName(name: string): boolean {
  return OURS.test(name)
}

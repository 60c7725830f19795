import { describe, expect, it } from '@jest/globals'
import { backupName, isBackupName } from '../../src/backup/backup-name.js'

describe('the name of a backup', () => {
  it('is the document’s, with what it is', () => {
    const at = '2026-01-21T14:30:22.104512Z'
    expect(backupName(at, 'sql.gz')).toBe('backup_before_migration_20260121_143022.sql.gz')
    expect(backupName(at, 'custom')).toBe('backup_before_migration_20260121_143022.dump')
    expect(backupName(at, 'folder', 1)).toBe('backup_before_migration_20260121_143022_2.dir')
  })

  it('is told from every other', () => {
    expect(isBackupName('backup_before_migration_20260121_143022_2.dir')).toBe(true)
    for (const name of [
      'x.dump',
      'backup_before_migration_20260121_143022',
      'a/backup_before_migration_20260121_143022.dump',
    ])
      expect(isBackupName(name)).toBe(false)
  })
})

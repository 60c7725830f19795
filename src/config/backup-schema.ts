import * as z from 'zod'
import { BACKUP_FORMATS, BACKUP_MODES } from '../model/backup.js'
import { text, yesNo } from './schema-leaves.js'

const KEEP_WORDS = 'a whole number from 1 to 1000'

/** What `database.environments.<name>` says of backups. */
export const backupSchema = {
  backup: z.enum(BACKUP_MODES, { error: 'full, touched, marker or off' }).optional().meta({
    description:
      'What is backed up before anything is applied: the whole database (full); its schema, and the rows of what the rehearsal saw changed (touched); only the point in time that a provider’s own backup can go back to (marker); nothing (off). Of several sources the safest holds, in this order.',
  }),
  'backup-verify': yesNo(
    'Restore each backup into a scratch database and compare it, before anything is applied. Default: false.',
  ),
  'backup-directory': text(
    'The folder that backups are written to, relative to the working directory. Default: backups/migrations.',
  ).optional(),
  'backup-keep': z
    .int({ error: KEEP_WORDS })
    .min(1, KEEP_WORDS)
    .max(1000, KEEP_WORDS)
    .optional()
    .meta({ description: 'How many backups of the same database are kept. Default: 10.' }),
  'backup-format': z.enum(BACKUP_FORMATS, { error: 'custom or sql.gz' }).optional().meta({
    description: 'The format of a backup: that of pg_dump (custom, the default), or compressed SQL (sql.gz).',
  }),
}

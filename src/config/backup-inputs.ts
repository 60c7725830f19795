import { BACKUP_FORMATS, BACKUP_MODES } from '../model/backup.js'
import type { Command, InputName } from '../model/inputs.js'
import type { InputSpec } from './input-spec.js'

type BackupInput = Extract<
  InputName,
  | 'backup'
  | 'backup-id'
  | 'backup-verify'
  | 'backup-directory'
  | 'backup-keep'
  | 'backup-format'
  | 'file'
  | 'create'
>

/** Whatever changes more than the history. */
const BACKING_UP: readonly Command[] = ['migrate', 'rollback', 'backup']

/** Those of `inputs.ts` that are about backups and what is restored from them. */
export const BACKUP_INPUTS: Readonly<Record<BackupInput, InputSpec>> = {
  backup: {
    flag: '--backup',
    kind: 'choice',
    values: BACKUP_MODES,
    default: 'the file’s `backup`; of several sources the safest holds: `full`, `touched`, `marker`, `off`',
    doc: 'What is backed up before anything is applied: all; the schema and the rows of what the rehearsal saw changed; only the point in time that a provider’s backup can go back to; nothing.',
    commands: BACKING_UP,
  },
  'backup-id': {
    flag: '--backup-id',
    kind: 'text',
    default: 'none',
    doc: 'What the provider calls its own snapshot; recorded in the history.',
    commands: BACKING_UP,
  },
  'backup-verify': {
    flag: '--backup-verify',
    kind: 'flag',
    default: 'the file’s `backup-verify`, else `false`; a `true` from any source wins',
    doc: 'Restore the backup into a scratch database and compare it, before anything is applied.',
    commands: BACKING_UP,
  },
  'backup-directory': {
    flag: '--backup-directory',
    kind: 'path',
    default: 'the file’s `backup-directory`, else `backups/migrations`',
    doc: 'The folder that backups are written to.',
    commands: BACKING_UP,
  },
  'backup-keep': {
    flag: '--backup-keep',
    kind: 'text',
    default: 'the file’s `backup-keep`, else `10`',
    doc: 'How many backups of the same database are kept; older ones are deleted.',
    commands: BACKING_UP,
  },
  'backup-format': {
    flag: '--backup-format',
    kind: 'choice',
    values: BACKUP_FORMATS,
    default: 'the file’s `backup-format`, else `custom`',
    doc: 'The format of a backup: that of pg_dump, or compressed SQL.',
    commands: BACKING_UP,
  },
  file: {
    flag: '--file',
    kind: 'path',
    default: 'none: it has to be named',
    doc: 'The backup to restore.',
    commands: ['restore'],
  },
  create: {
    flag: '--create',
    kind: 'text',
    default: 'none: the database of the URL has to be empty',
    doc: 'The name of a new database to restore into, on the server of the URL.',
    commands: ['restore'],
  },
}

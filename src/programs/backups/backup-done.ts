import type { TakenBackup } from '../../backup/take-backup.js'
import type { Moment } from '../../model/backup.js'
import type { Problem } from '../../model/problem.js'

/** What a backup is made of, in order. */
export type BackupPart = 'mark' | 'dump' | 'prove' | 'record' | 'keep'

/** What is to be backed up. */
export interface BackupAsked {
  readonly mode: 'full' | 'touched' | 'marker'
  /** Relations whose rows are backed up; absent: all rows. */
  readonly touched?: readonly string[]
}

/** What came of it. */
export type BackupDone =
  | { readonly kind: 'marker'; readonly moment: Moment; readonly notes: readonly string[] }
  | { readonly kind: 'taken'; readonly backup: TakenBackup; readonly notes: readonly string[] }
  /** Nothing is left of it. What it says is redacted. */
  | { readonly kind: 'failed'; readonly part: Exclude<BackupPart, 'keep'>; readonly problem: Problem }

/** What came of it before anybody was told: the reason is a clause in foreign words. */
export type TriedBackup = Exclude<BackupDone, { kind: 'failed' }> | { readonly why: string }

import type { Fails, Kind } from './migration-text.js'

/** What somebody does to the migrations folder. `pick` and `at` are taken modulo what there is to pick from. */
export type Edit =
  | { readonly do: 'add'; readonly kind: Kind; readonly fails: Fails | undefined }
  /** Before files that are there. */
  | { readonly do: 'insert'; readonly at: number; readonly kind: Kind; readonly fails: Fails | undefined }
  /** `edit` changes every statement, `touch` a comment; `rename` keeps the version, `duplicate` takes it twice. */
  | { readonly do: 'edit' | 'touch' | 'delete' | 'rename' | 'duplicate' | 'mend'; readonly pick: number }
  | { readonly do: 'break'; readonly pick: number; readonly fails: Fails }
  /** The folder as it was some edits ago. */
  | { readonly do: 'checkout'; readonly ago: number }
  /** Files that the database knows are put back as it knows them. */
  | { readonly do: 'restore' }

/** What a run is asked for. */
export interface Asked {
  readonly rehearse: boolean
  readonly together: boolean
  readonly outOfOrder: boolean
  readonly scope?: { readonly by: 'to' | 'version'; readonly pick: number }
}

/** What happens to a run at one message of its protocol. */
export interface Disturbance {
  readonly how: 'cut' | 'cut for good' | 'terminate' | 'abort'
  readonly side: 'frontend' | 'backend'
  readonly when: 'before' | 'after' | 'half'
  readonly k: number
}

export type Command =
  | Edit
  | { readonly do: 'migrate'; readonly asked: Asked }
  | { readonly do: 'disturbed'; readonly asked: Asked; readonly by: Disturbance }
  /** Asked to end at one of its events. */
  | { readonly do: 'aborted'; readonly asked: Asked; readonly event: number }
  | { readonly do: 'killed'; readonly asked: Asked; readonly k: number }
  /** The first may be disturbed. */
  | { readonly do: 'together'; readonly asked: Asked; readonly runs: number; readonly by?: Disturbance }
  | {
      readonly do: 'read'
      readonly command: Reading
      readonly asked: Asked
      readonly by?: Disturbance
    }

export type Reading = 'status' | 'plan' | 'dry-run' | 'verify' | 'validate' | 'history'

export function isEdit(command: Command): command is Edit {
  return EDITS.has(command.do)
}

const EDITS: ReadonlySet<string> = new Set([
  'add',
  'insert',
  'edit',
  'touch',
  'delete',
  'rename',
  'duplicate',
  'mend',
  'break',
  'checkout',
  'restore',
] satisfies Edit['do'][])

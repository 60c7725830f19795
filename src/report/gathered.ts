import type { BackupFile } from '../model/backup.js'
import type { Config } from '../model/config.js'
import type { Finding, SuppressedFinding } from '../model/finding.js'
import type { Graph } from '../model/graph.js'
import type { AppliedRecord, HistoryEvent } from '../model/history.js'
import type { NoRehearsal, RehearsalPlace, RelationSize } from '../model/measured.js'
import type { MigrationFile } from '../model/migration.js'
import type { Operation } from '../model/operation.js'
import type { Outcome, Rehearsed } from '../model/outcome.js'
import type { Permission } from '../model/permission.js'
import type { Drift, Plan } from '../model/plan.js'
import type { ExpectedPlan, PlanDocument } from '../model/plan-document.js'
import type { Problem } from '../model/problem.js'
import type { RuleDoc } from '../model/rule-doc.js'
import type { Side } from '../model/sides.js'
import type { Target } from '../model/target.js'

/** What a run has found and done so far. Whatever is absent was not reached. */
export interface Gathered {
  readonly config: Pick<Config, 'command' | 'dryRun' | 'notes' | 'redact'> & {
    readonly environment: { readonly name: string }
    readonly run?: { readonly actor: string }
    readonly transaction?: Config['transaction']
  }
  readonly startedAt: Date
  readonly directory: string
  /** In the order of application. */
  readonly files?: readonly MigrationFile[]
  readonly target?: Target
  readonly plan?: Plan
  readonly planDocument?: PlanDocument
  /** The plan that was approved, where one was named. */
  readonly expected?: ExpectedPlan
  /** Who let it be applied, and for what. */
  readonly permission?: Permission
  readonly backup?: BackupFile
  /** The point in time before anything was applied is recorded. */
  readonly isMarked?: boolean
  /** The tracking table as read last. */
  readonly records?: readonly AppliedRecord[]
  readonly events?: readonly HistoryEvent[]
  /** What our table and the Supabase CLI's record, where the two are kept in step. */
  readonly sides?: readonly Side[]
  readonly drift?: readonly Drift[]
  readonly findings?: readonly Finding[]
  readonly suppressed?: readonly SuppressedFinding[]
  /** The documentation of the rules that were asked. */
  readonly rules?: readonly RuleDoc[]
  /** Files that the base does not have; absent where there is no base. */
  readonly added?: readonly MigrationFile[]
  readonly graph?: Graph
  readonly rehearsal?: readonly Rehearsed[]
  readonly rehearsedOn?: RehearsalPlace
  readonly notRehearsed?: NoRehearsal
  readonly sizes?: readonly RelationSize[]
  readonly outcomes?: readonly Outcome[]
  readonly operation?: Operation
  /** All is applied, and what had to hold afterwards does not. */
  readonly unhealthy?: boolean
  /** The set-up is wrong: exit code 2. */
  readonly problems?: readonly Problem[]
  /** Something that may not be done was asked for: exit code 1. */
  readonly refusals?: readonly Problem[]
  /** The target is to remember anew what it is. */
  readonly movesTarget?: true
  /** What a person said who was asked whether to force what stops the run. */
  readonly forcedByPerson?: boolean
  readonly cancelled?: boolean
  /** The signal that asked the run to end before it was done. */
  readonly endedBy?: string
  /** It was, while files were read or judged: what there is of a plan is not all of it. */
  readonly cutShort?: boolean
  /** Migrations are being applied: what became of those that have no outcome yet is not known. */
  readonly applying?: boolean
  /** Of these, what the server has and has not answered for: so many from this index on. Absent: perhaps all. */
  readonly sent?: { readonly first: number; readonly count: number }
  /** The one of these that was begun last, and when, in milliseconds since 1970. */
  readonly begun?: { readonly index: number; readonly at: number }
  /** An error of ours, with its stack, redacted. */
  readonly bug?: string
  readonly notes?: readonly string[]
}

/** Filled step by step, so that the report of a half-done run tells what was done. */
export type Gathering = { -readonly [K in keyof Gathered]: Gathered[K] }

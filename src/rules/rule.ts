import type { Claim } from '../model/claim.js'
import type { Fix } from '../model/finding.js'
import type { Judging, Level, Levels } from '../model/judging.js'
import type { MigrationFile } from '../model/migration.js'
import type { Span } from '../model/position.js'
import type { RuleId } from '../model/rule-ids.js'
import type { Known } from './known/known.js'

/** Where the documentation puts a rule. */
export type RuleGroup =
  | 'locks'
  | 'transactions'
  | 'destructive'
  | 'data'
  | 'security'
  | 'rls'
  | 'measured'
  | 'design'

/**
 * One thing that SQL can do and a reviewer would want to know of, a file each. `check` is asked about each statement in
 * order, `conclude` once after the last file; a rule without either is about what only a rehearsal shows. What is written
 * here is what the documentation says; its examples are run.
 */
export interface Rule {
  readonly id: RuleId
  readonly group: RuleGroup
  /** What is found, in a few words: `CREATE INDEX without CONCURRENTLY`. */
  readonly title: string
  /** What it does in production, in one to three sentences of Markdown. The same for each finding. */
  readonly why: string
  /** What to do instead, in Markdown; SQL in a code block. */
  readonly instead: string
  readonly levels: Levels
  /** What its findings say that the server will do: a rehearsal confirms or refutes it. Absent: no run shows it. */
  readonly claims?: readonly Claim[]
  /** `bad` each give at least one finding of this rule, `good` none. */
  readonly examples: { readonly bad: readonly Example[]; readonly good: readonly Example[] }
  /** Asked too about statements in the bodies of functions, which do not run when the file does. */
  readonly inFunctions?: true
  /** Asked only where an API serves schemas (`Judging.apiSchemas`). */
  readonly needsApi?: true
  /** Asked once about each file, also one without a statement that could be read; without a span a hit is the file's first line. */
  checkFile?(file: MigrationFile, context: SetContext): Iterable<Hit>
  /**
   * Asked about each statement, in order. What it returns follows from its arguments alone: where it found nothing and
   * looked at no more than what kind of statement it is, it is not asked about that kind again (`ask-rules.ts`).
   */
  check?(statement: Seen, context: Context): Iterable<Hit>
  conclude?(context: SetContext): Iterable<PlacedHit>
}

/** A file as it would be written, or several in order. */
export type Example =
  | string
  | {
      readonly sql: string | readonly string[]
      /** A file that is applied already. */
      readonly before?: string
      readonly postgres?: number
    }

/** A finding before it is known what it means where the file is to run. */
export interface Hit {
  /** What is wrong, one sentence, with the names seen. */
  readonly message: string
  /** The way out, for this very statement. */
  readonly help: string
  /** Default: the statement. */
  readonly span?: Span
  /** In place of the rule's: this one is worse, or less bad. */
  readonly levels?: Partial<Levels> | Level
  /** In place of the rule's: this one says something else. */
  readonly claims?: readonly Claim[]
  readonly fix?: Fix
}

/** A hit in a file that is not being read any more. */
export interface PlacedHit extends Hit {
  readonly file: MigrationFile
  readonly span: Span
}

/** A statement as rules see it. */
export interface Seen {
  /** The kind of statement: `IndexStmt`. See `treeAs` of `sql/tree.ts`. */
  readonly node: string
  readonly tree: object
  /** In the file. */
  readonly span: Span
  /** `do`: in a DO block, and so run with the file, perhaps; `function`: in a body that is only stored. */
  readonly within: 'file' | 'do' | 'function'
  /** From a `location` of the tree (bytes) to the file's UTF-16 offset. */
  offsetOf(location: number | undefined): number
}

/** What is known when the last file has been read. */
export interface SetContext {
  readonly known: Known
  readonly judging: Judging
  /** Major version of the server the files are for. */
  readonly postgres: number
}

/** What is known when a statement is judged: `known` is the state before it. */
export interface Context extends SetContext {
  readonly file: JudgedFile
  /** The statement's place in `file.statements`. */
  readonly index: number
}

export interface JudgedFile {
  readonly file: MigrationFile
  /** Of the file itself and, after the statement that holds them, of its blocks and bodies. */
  readonly statements: readonly Seen[]
  /** It runs in one transaction, so nobody sees what it makes before its end. */
  readonly transactional: boolean
  /** Not all of it could be read: there may be more in it than `statements`. */
  readonly isPartial?: boolean
}

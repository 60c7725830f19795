import type {
  ColumnDef,
  Constraint,
  CreateDomainStmt,
  CreateFunctionStmt,
  CreatePolicyStmt,
  IndexStmt,
  RangeVar,
} from '@pgsql/types'
import type { MigrationFile } from '../../model/migration.js'
import type { Span } from '../../model/position.js'

/**
 * What the files read so far have made and changed, as far as their text tells. Files before those that are judged count
 * too, where they are at hand; what they made is known, but not new.
 */
export interface Known {
  /** Relations by qualified name (`public.orders`, lower-cased as the server folds them); those dropped are missing. */
  readonly relations: ReadonlyMap<string, KnownRelation>
  /** Types by qualified name: enums, domains, composites. */
  readonly types: ReadonlyMap<string, KnownType>
  /** Schemas, made by the files. */
  readonly schemas: ReadonlyMap<string, Made>
  /** Functions by qualified name; all of a name together. */
  readonly functions: ReadonlyMap<string, readonly KnownFunction[]>
  /** The relation that a statement names; an unqualified name is looked for in `public` and then anywhere. */
  relation(name: RangeVar | undefined): KnownRelation | undefined
  /** By parts of a name as in DROP TABLE: `['public', 'orders']`. */
  named(parts: readonly string[]): KnownRelation | undefined
  type(parts: readonly string[]): KnownType | undefined
  /** It was made by the files that are judged: empty, or filled by them, and used by no application yet. */
  isNew(name: RangeVar | readonly string[] | undefined): boolean
}

/** Where something was made. */
export interface Made {
  readonly file: MigrationFile
  readonly span: Span
  /** By one of the files that are judged. */
  readonly isNew: boolean
}

export interface KnownRelation extends Made {
  readonly schema: string
  readonly name: string
  readonly kind: 'table' | 'view' | 'matview' | 'foreign-table' | 'sequence'
  readonly temporary: boolean
  /** Whole, where the files tell all of them: not after CREATE TABLE … AS or LIKE. By name. */
  readonly columns: ReadonlyMap<string, KnownColumn>
  readonly constraints: readonly KnownConstraint[]
  readonly indexes: readonly KnownIndex[]
  /** Row level security is enabled; forced for the owner too. */
  readonly rls: boolean
  readonly rlsForced: boolean
  readonly policies: readonly KnownPolicy[]
  /** Of a view: `security_invoker` is on. */
  readonly securityInvoker: boolean
  /** Qualified names of the relations that a view's query reads, as written, lower-cased: `auth.users`. */
  readonly reads: readonly string[]
  /** Qualified name of the table that this is a partition of. */
  readonly partitionOf?: string
  /** Roles of `GRANT … TO`, with the privileges granted: `anon` → `select`; `all` stands for all. */
  readonly grants: ReadonlyMap<string, ReadonlySet<string>>
}

export interface KnownColumn {
  readonly name: string
  /** As the server names it, with its modifiers: `int4`, `varchar(100)`, `timestamptz`, `public.mood`. */
  readonly type?: string
  readonly notNull: boolean
  readonly hasDefault: boolean
  /** Where the files define it. */
  readonly made: Made
  readonly definition?: ColumnDef
}

export interface KnownConstraint {
  readonly name?: string
  readonly kind: 'check' | 'unique' | 'primary-key' | 'foreign-key' | 'exclusion' | 'not-null'
  /** Not NOT VALID, or validated since. */
  readonly valid: boolean
  readonly columns: readonly string[]
  /** Of a foreign key: the qualified name of the table it refers to. */
  readonly references?: string
  readonly definition: Constraint
  readonly made: Made
}

export interface KnownIndex {
  readonly name?: string
  readonly unique: boolean
  /** Of plain columns; an expression is `undefined`. */
  readonly columns: readonly (string | undefined)[]
  readonly method: string
  readonly partial: boolean
  /** Absent: a constraint brought it. */
  readonly definition?: IndexStmt
  readonly made: Made
}

export interface KnownPolicy {
  readonly name: string
  /** With what ALTER POLICY changed since. */
  readonly definition: CreatePolicyStmt
  readonly made: Made
}

export interface KnownType extends Made {
  readonly schema: string
  readonly name: string
  readonly kind: 'enum' | 'domain' | 'composite' | 'range'
  /** Of an enum. */
  readonly values: readonly string[]
  /** Of a domain, as it was made. */
  readonly definition?: CreateDomainStmt
}

export interface KnownFunction extends Made {
  readonly schema: string
  readonly name: string
  readonly securityDefiner: boolean
  readonly setsSearchPath: boolean
  readonly language: string
  readonly definition: CreateFunctionStmt
  /** EXECUTE was revoked from PUBLIC. */
  readonly revokedFromPublic: boolean
}

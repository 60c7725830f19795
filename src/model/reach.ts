/** The parts of a name as the server folds them, the last one last: `['public', 'orders']`. */
export type Name = readonly string[]

/**
 * What is done to a relation. `alter`: what its rows are checked, computed and indexed by may run over all of them; the
 * query of a materialised view runs again. `analyze`: the server counts and samples its rows.
 */
export type Deed = 'read' | 'insert' | 'update' | 'delete' | 'truncate' | 'alter' | 'analyze'

/** A function or procedure that is called. */
export interface ReachedCall {
  readonly name: Name
  /** Its first argument, where that is a constant. */
  readonly argument?: string
  /** Its first argument is `pg_get_serial_sequence` of this table and a column. */
  readonly serialOf?: string
  /** Which of its arguments are the constant TRUE. */
  readonly trueAt?: readonly number[]
}

/** A relation that something is done to; a type that something is made of counts as read. */
export interface ReachedUse {
  readonly relation: Name
  readonly does: Deed
  /** Which columns get their default. Absent: all may. */
  readonly defaults?:
    | { readonly but: readonly string[] }
    | { readonly only: readonly string[] }
    /** All behind so many. */
    | { readonly behind: number }
}

/** Something that runs later, when what it is about is used. */
export interface Made {
  /** Types and prepared statements count as relations. */
  readonly kind: 'relation' | 'function' | 'event trigger'
  /** What it is about: a trigger is about its table. `*` stands for any. */
  readonly name: Name
  /** Absent: whatever is done. */
  readonly on?: readonly Deed[]
  /** It is the default of this column. */
  readonly column?: string
  /** Of the column among those of its table, from 1. */
  readonly place?: number
  /** It is what is done to a partition, or a child, when it is done to the table. */
  readonly part?: Name
  /** Where in a sentence: `by the trigger audit on public.orders`. */
  readonly where: string
  /** An event trigger fires at these commands only. Absent: at all. */
  readonly commands?: readonly string[]
  /** What runs then. */
  readonly reach: () => Reach
}

/** What running a piece of SQL sets in motion, as far as its text tells. What is empty is left out. */
export interface Reach {
  readonly calls?: readonly ReachedCall[]
  readonly uses?: readonly ReachedUse[]
  /** Commands that an event trigger may wait for: `CREATE TABLE`; empty text where it is not known which. */
  readonly commands?: readonly string[]
  /** Clauses about what it does that no rollback undoes, whatever there is in the database. */
  readonly escapes?: readonly string[]
  /** Clauses about why it can't be told what it does. */
  readonly unknown?: readonly string[]
  readonly makes?: readonly Made[]
  /** Relations that come to be known by this name. */
  readonly creates?: readonly Name[]
  /** Sequences that come into being with it. */
  readonly sequences?: readonly Name[]
  /** Relations that it drops; of one part, a whole schema as `['schema', '*']`. */
  readonly drops?: readonly Name[]
  /** Sequences that get a new file, which goes with the transaction. */
  readonly renews?: readonly Name[]
  /** Tables whose own sequences do. */
  readonly restarts?: readonly Name[]
  /** ROLLBACK TO SAVEPOINT: what the file did so far may be undone. */
  readonly returns?: true
  /** Names without a schema may mean something else from here on. */
  readonly movesPath?: true
  /** Something goes to another schema: with a schema too, a name may mean something else from here on. */
  readonly movesNames?: true
}

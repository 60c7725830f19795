/** Something of a live schema that is not as it was when the last run ended. All its texts are the server's, foreign. */
export interface SchemaChange {
  readonly change: 'added' | 'dropped' | 'changed'
  /** `table`, `column`, `index`, `policy`, `rights`: as docs/database.md lists them. */
  readonly kind: string
  /** `public.books`, `public.books.title`, `books_pkey on public.books`; of rights what they are on: `table public.books`. */
  readonly name: string
  /** What it was and what it is, cut where it is long. */
  readonly before?: string
  readonly after?: string
}

/** A live schema beside the one that was recorded when the last run ended. */
export interface SchemaComparison {
  /**
   * `moved-on`: something was applied since it was recorded, so that nothing can be told · `other-scope`: other schemas
   * were recorded · `other-form`: by a version of this tool that wrote it in another form · `unreadable`: see the reason
   * · `not-asked`: there is nothing to apply, or the tables are older than what is recorded.
   */
  readonly state:
    | 'same'
    | 'changed'
    | 'not-recorded'
    | 'moved-on'
    | 'other-scope'
    | 'other-form'
    | 'unreadable'
    | 'not-asked'
  /** ISO 8601, by the server's clock. */
  readonly recordedAt?: string
  /** `v1:sha256:…` of what is there now. */
  readonly fingerprint?: string
  /** Major version of the server then, where it is another now. */
  readonly recordedMajor?: number
  /** The first of them. What is part of something added or dropped is left out. */
  readonly changes: readonly SchemaChange[]
  /** How many there are. */
  readonly count: number
  /** The server's words. */
  readonly reason?: string
}

/** One object of a live schema. All its texts are the server's, foreign. */
export interface SchemaObject {
  readonly kind: string
  readonly name: string
  /** `table public.books`, of which it is a part; or empty. */
  readonly partOf: string
  readonly definition: string
}

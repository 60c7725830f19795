/** One row of the history as the chain is checked by it. */
export interface ChainRow {
  readonly seq: string
  readonly event: string | null
  readonly version: string
  readonly action: string
  readonly status: string
  readonly checksum: string | null
  /** What is hashed, in order: the hash of the row before, then everything the row says. docs/database.md lists it. */
  readonly content: readonly (string | null)[]
  readonly prevHash: string | null
  readonly hash: string | null
}

/** What beside the history tells of it. Without it the end of a chain could be cut off unseen. */
export interface ChainWitness {
  /** The newest `seq` when the schema was recorded last. */
  readonly newestSeq: string | null
  /** Rows of the tracking table that this tool wrote. */
  readonly records: readonly {
    readonly version: string
    readonly checksum: string
    readonly status: string
  }[]
}

/** What is wrong with the first row that is not as it was written. */
export type ChainFault =
  /** Not what its own hash is over. */
  | 'content'
  /** It has no hash, and stands behind the anchor. */
  | 'unchained'
  /** The row before it, as it was written, is gone. */
  | 'missing-before'
  /** It was put in between two others. */
  | 'put-in'
  /** Its number is not above that of the row before. */
  | 'order'
  /** The chain does not begin with one. */
  | 'no-anchor'
  | 'second-anchor'
  /** The rows before the anchor are not those it was made over. */
  | 'earlier'
  /** The tracking table, or the record of the schema, tells of rows that are gone from the end. */
  | 'end-missing'
  /** The tracking table says something else. */
  | 'other-record'

export type ChainVerdict =
  | {
      readonly kind: 'sound'
      /** Rows before the anchor, and from it on. */
      readonly earlier: number
      readonly chained: number
      /** The last row's. Whoever keeps it elsewhere can tell later whether the chain still goes through it. */
      readonly head: { readonly seq: string; readonly hash: string }
    }
  | {
      readonly kind: 'broken'
      readonly fault: ChainFault
      /** Of the first bad row, or of the last good one where the end is missing; absent where there is none. */
      readonly seq?: string
      readonly version?: string
    }

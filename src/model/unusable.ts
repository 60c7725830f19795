/** An index that is INVALID. */
export interface InvalidIndex {
  /** Its number in the catalog, in digits. */
  readonly oid: string
  /** Quoted, with its schema. */
  readonly name: string
  readonly table: string
  /** Of a partitioned table: it is valid once every partition has one attached to it. */
  readonly partitioned: boolean
  /** Attached to such a one. */
  readonly attached: boolean
  /** False: it was being dropped concurrently, and is not kept up to date any more. */
  readonly live: boolean
}

/** A partition of which `DETACH PARTITION … CONCURRENTLY` was not finished. Names are quoted, with their schemas. */
export interface PendingDetach {
  readonly partition: string
  readonly table: string
  /** Their numbers in the catalog, as a journal has them: `<partition>/<table>`. */
  readonly pair: string
}

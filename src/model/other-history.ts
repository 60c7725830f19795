/** A history of our kind in the same database, at another place than the one that is used. Read only where nothing is at that. */
export interface OtherHistory {
  readonly schema: string
  readonly table: string
  /** Of what is recorded there as completed: version, name, checksum. */
  readonly completed?: readonly (readonly [version: string, name: string, checksum: string])[] | null
  /** Whose it is, by what is remembered there; null where nothing is. */
  readonly project?: string | null
  /** Why it can not be read: SQLSTATE, and the server's words. */
  readonly code?: string
  readonly unreadable?: string
}

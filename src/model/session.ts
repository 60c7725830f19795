/** One result set of a simple-query message, every value as the server's text. */
export interface Rows {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
}

/** What the server said about an error, redacted. DETAIL and CONTEXT are left out: they can hold row data. */
export interface ServerError {
  /** SQLSTATE, five characters; `connection-lost` where the connection ended instead. */
  readonly code: string
  readonly message: string
  readonly hint?: string
  /** Counts characters from 1, from the start of the message that was sent. */
  readonly characterPosition?: number
  /** The server ends the connection after it. */
  readonly fatal: boolean
}

/** The answer to one simple-query message. Never thrown: an error is a value. */
export interface Reply {
  /** Result sets in order; empty when the sender asked to drop rows. */
  readonly results: readonly Rows[]
  /** How many statements of the message were done before its end or its error. */
  readonly completed: number
  readonly error?: ServerError
  /** `I` idle · `T` in a transaction · `E` in a failed one · `lost`: the connection is gone. */
  readonly state: 'I' | 'T' | 'E' | 'lost'
}

/** One connection. Messages are sent one at a time, in the simple-query protocol: one turn on the wire each. */
export interface Session extends AsyncDisposable {
  readonly processId: number
  /** `keepRows` false (a migration's own text) drops result rows, so that memory stays bounded. */
  send(sql: string, options?: { readonly keepRows?: boolean }): Promise<Reply>
}

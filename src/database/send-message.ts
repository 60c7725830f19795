import type { Client, Connection } from 'pg'
import type { Redact } from '../model/config.js'
import { cutMessage } from '../model/cut-message.js'
import type { Reply, Rows, SendOptions, ServerError, SessionLimit } from '../model/session.js'
import { readCopyLines } from '../sql/copy-line.js'
import { readRaised } from '../sql/raise.js'
import { isSessionLimit } from '../sql/session-limit.js'
import { feedCopies } from './feed-copies.js'
import { writeQuery } from './write-text.js'

/**
 * Sends one simple-query message and collects the server's answers. `pg` takes any object of this form in its queue;
 * unlike its own Query it tells how many statements were done before an error, which is how the failing one is found
 * when the server gives no position.
 */
export function sendMessage(
  client: Client,
  sql: string,
  redact: Redact,
  { keepRows = true, keepColumn, copies = [] }: SendOptions,
): Promise<Reply> {
  return new Promise((resolve) => {
    const results: { columns: string[]; rows: (string | null)[][] }[] = []
    let kept: (string | null)[][] | undefined
    const feed = feedCopies(copies)
    let completed = 0
    const answer = (state: Reply['state'], error?: ServerError) =>
      resolve({ results: results satisfies Rows[], completed, state, ...(error ? { error } : {}) })
    // `pg` reads `callback` of whatever is in its queue.
    const query = {
      callback: undefined,
      submit: (connection: Connection) => void writeQuery(connection, sql, feed.ahead),
      handleRowDescription(message: { fields: { name: string }[] }) {
        const columns = message.fields.map((field) => field.name)
        const isAsked = keepColumn !== undefined && columns.length === 1 && columns[0] === keepColumn
        kept = keepRows || isAsked ? [] : undefined
        if (kept) results.push({ columns, rows: kept })
      },
      dropsRows: () => kept === undefined,
      handleDataRow: (message: { fields: (string | null)[] }) => void kept?.push(message.fields),
      handleCommandComplete: () => void completed++,
      handleEmptyQuery: () => {},
      handlePortalSuspended: () => {},
      handleCopyInResponse: (connection: Connection) => feed.asked(connection),
      handleCopyData: () => {},
      handleReadyForQuery() {
        feed.end()
        answer(stateOf(client))
      },
      handleError(error: ReceivedError, connection: Connection) {
        feed.end()
        const said = describe(error, redact)
        if (said.fatal) return answer('lost', said)
        // The server closes every message, a failed one too, with its transaction state.
        const lost = () => answer('lost', { ...said, code: LOST, fatal: true })
        connection.once('end', lost)
        connection.once('readyForQuery', () => {
          connection.removeListener('end', lost)
          answer(stateOf(client), said)
        })
      },
    }
    client.query(query as unknown as Parameters<Client['query']>[0])
  })
}

/** What `pg` hands to `handleError`: the server's message, or the socket's error. */
export type ReceivedError = Error & {
  severity?: string
  code?: string
  hint?: string
  position?: string
  where?: string
  schema?: string
  table?: string
  constraint?: string
}

const LOST = 'connection-lost'

/** An error of the server or the socket in our words. One that ends the connection is `connection-lost`, whoever said it. */
export function describe(error: ReceivedError, redact: Redact): ServerError {
  const fromServer = error.severity !== undefined && /^[0-9A-Z]{5}$/.test(error.code ?? '')
  const fatal = !fromServer || error.severity !== 'ERROR'
  const lines = readCopyLines(error.where)
  const raised = fatal ? undefined : readRaised(error.code ?? '', error.message)
  return {
    code: fatal ? LOST : (raised?.code ?? error.code ?? ''),
    // Redacted first: a part of a secret would not be known for one.
    message: cutMessage(redact(raised?.message ?? error.message)),
    ...(error.hint ? { hint: cutMessage(redact(error.hint)) } : {}),
    ...(error.position ? { characterPosition: Number(error.position) } : {}),
    ...(lines.length > 0 ? { copyLines: lines } : {}),
    ...contextOf(error.where, redact),
    ...aboutOf(error),
    ...(fromServer && fatal && isSessionLimit(error.code ?? '') ? { limit: error.code as SessionLimit } : {}),
    ...(fromServer && fatal ? { isTold: true } : {}),
    fatal,
  }
}

function aboutOf({ schema, table, constraint }: ReceivedError): Pick<ServerError, 'table' | 'constraint'> {
  return {
    ...(table ? { table: { ...(schema ? { schema } : {}), name: table } } : {}),
    ...(constraint ? { constraint } : {}),
  }
}

/**
 * `PL/pgSQL function f(integer) line 3 at RETURN`, in the server's language. What else CONTEXT holds may be row data, and so
 * may a line that has a string in it.
 */
function contextOf(where: string | undefined, redact: Redact): Pick<ServerError, 'context'> {
  const lines = (where ?? '').split('\n').filter((line) => PLPGSQL_LINE.test(line))
  return lines.length === 0 ? {} : { context: lines.slice(0, MOST_LINES).map(redact) }
}

const PLPGSQL_LINE = /^[^"'$]{0,20}PL\/pgSQL[^'$]{1,200} \d+ [\p{L} /-]{1,60}$/u
const MOST_LINES = 5

/** Of the session, as the last answer told it. */
export function stateOf(client: Client): Reply['state'] {
  const status = (client as Client & { getTransactionStatus(): string | null }).getTransactionStatus()
  return status === 'T' || status === 'E' ? status : 'I'
}

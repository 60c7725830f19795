import type { ChainRow, ChainWitness } from '../../model/chain.js'
import type { Reply, Rows, Session } from '../../model/session.js'
import type { Tracking } from '../../model/target.js'
import { beginReading } from '../../sql/begin-reading.js'
import { READING_LOCK_MS } from '../reading-limit.js'
import { type TrackingNames, trackingNames } from '../tracking-names.js'
import { chainedFields } from './chained-content.js'

/** Since when the tables hold hashes. */
const CHAINED_SINCE = 4

/** So many rows are in memory at once. */
const PAGE = 500

/**
 * Reads the whole history in the order of its numbers, a page at a time, in one transaction that only reads and sees one
 * moment. Runs with `row_security = off`, so that a role without rights gets an error and never a part.
 *
 * @returns what beside the history tells of it; `why` where it can not be read; undefined where the tables have no chain
 */
export async function readChain(
  session: Session,
  tracking: Tracking,
  onRows: (rows: readonly ChainRow[]) => void,
): Promise<ChainWitness | Unread | undefined> {
  if (tracking.version === 'absent' || tracking.version < CHAINED_SINCE) return undefined
  const opened = await session.send(open(trackingNames(tracking)))
  if (opened.error) return giveUp(session, opened)
  const [newest, records, first] = opened.results
  for (let page = first; page && page.rows.length > 0; ) {
    onRows(page.rows.map(parseRow))
    const next = page.rows.length < PAGE ? undefined : await session.send(FETCH)
    if (next?.error) return giveUp(session, next)
    page = next?.results[0]
  }
  const closed = await session.send('COMMIT;')
  return closed.error ? giveUp(session, closed) : makeWitness(newest, records)
}

interface Unread {
  readonly why: string
  /** SQLSTATE. */
  readonly code: string
}

async function giveUp(session: Session, { error, state }: Reply): Promise<Unread> {
  if (state === 'E' || state === 'T') await session.send('ROLLBACK;')
  return { why: error?.message ?? 'the server gave no reason', code: error?.code ?? '' }
}

const FETCH = `FETCH ${PAGE} FROM devflow_chain;`

const NAMED = ['seq', 'event', 'version', 'action', 'status', 'checksum', 'hash'] as const

function open({ history, table, snapshots }: TrackingNames): string {
  const named = NAMED.map((column) => `h.${column}::text`)
  return `${beginReading('REPEATABLE READ')}
SET LOCAL lock_timeout = ${READING_LOCK_MS};
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL row_security = off;
SELECT max(history_seq)::text FROM ${snapshots};
SELECT version, checksum, status FROM ${table} WHERE tool_version IS NOT NULL;
DECLARE devflow_chain NO SCROLL CURSOR FOR SELECT ${[...named, ...chainedFields('h')].join(', ')}
FROM ${history} h ORDER BY h.seq;
${FETCH}`
}

function parseRow(row: Rows['rows'][number]): ChainRow {
  const [seq, event, version, action, status, checksum, hash, ...content] = row
  return {
    seq: seq ?? '',
    event: event ?? null,
    version: version ?? '',
    action: action ?? '',
    status: status ?? '',
    checksum: checksum ?? null,
    content,
    prevHash: content[0] ?? null,
    hash: hash ?? null,
  }
}

function makeWitness(newest: Rows | undefined, records: Rows | undefined): ChainWitness {
  return {
    newestSeq: newest?.rows[0]?.[0] ?? null,
    records: (records?.rows ?? []).map(([version, checksum, status]) => ({
      version: version ?? '',
      checksum: checksum ?? '',
      status: status ?? '',
    })),
  }
}

import type { ChainRow, ChainWitness } from '../../src/model/chain.js'
import { sha256Json } from '../../src/plan/sha256-json.js'

/** What is told of an event; the rest is filled in. */
export interface ToldRow {
  readonly event?: string | null
  readonly version?: string
  readonly action?: string
  readonly status?: string
  readonly checksum?: string | null
  readonly executedBy?: string | null
}

/** Rows before an anchor, and those from it on, with the numbers given or 1, 2, 3 …, hashed as the server does. */
export function aChain(
  earlier: readonly ToldRow[],
  events: readonly ToldRow[],
  numbers: readonly number[] = [],
): ChainRow[] {
  const rows: ChainRow[] = []
  const add = (told: ToldRow, prevHash: string | null, isHashed: boolean) => {
    const row = aChainRow({ ...told, seq: String(numbers[rows.length] ?? rows.length + 1) }, prevHash)
    rows.push(isHashed ? { ...row, hash: sha256Json(row.content) } : row)
  }
  for (const told of earlier) add(told, null, false)
  const digest = sha256Json(rows.map(({ content }) => content))
  add({ event: 'anchor', version: '', action: 'anchor' }, digest, true)
  for (const told of events) add(told, rows.at(-1)?.hash ?? null, true)
  return rows
}

/** A row without its own hash. */
export function aChainRow(told: ToldRow & { readonly seq: string }, prevHash: string | null): ChainRow {
  const { seq, event = 'applied', version = '01', action = 'apply', status = 'success' } = told
  const { checksum = null, executedBy = 'octocat' } = told
  return {
    seq,
    event,
    version,
    action,
    status,
    checksum,
    prevHash,
    hash: null,
    content: [prevHash, seq, event, version, action, status, checksum, executedBy],
  }
}

/** Nothing beside the history tells of it. */
export function aWitness(overrides: Partial<ChainWitness> = {}): ChainWitness {
  return { newestSeq: null, records: [], ...overrides }
}

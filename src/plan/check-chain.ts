import { createHash } from 'node:crypto'
import type { ChainFault, ChainRow, ChainVerdict, ChainWitness } from '../model/chain.js'
import { canonicalJson } from './canonical-json.js'
import { findMissingEnd, type LastTold, noteTold } from './find-missing-end.js'
import { sha256Json } from './sha256-json.js'

/** A check of a history that is read in pieces: nothing of a row is kept but what the next needs. */
export interface ChainCheck {
  /** In the order of their numbers. */
  add(rows: readonly ChainRow[]): void
  end(witness: ChainWitness): ChainVerdict
}

/** Finds the first row that is not as it was written. */
export function beginChain(): ChainCheck {
  const state: State = {
    earlier: 0,
    chained: 0,
    digest: createHash('sha256').update('['),
    lastSeq: BELOW_ALL,
    told: new Map(),
  }
  return {
    add(rows) {
      for (const row of rows) if (state.broken === undefined) take(state, row)
    },
    end(witness) {
      if (state.broken) return { kind: 'broken', ...state.broken }
      const { head } = state
      if (head === undefined) return { kind: 'broken', fault: 'no-anchor' }
      const missing = findMissingEnd(head.seq, state.told, witness)
      if (missing) return { kind: 'broken', ...missing }
      return { kind: 'sound', earlier: state.earlier, chained: state.chained, head }
    },
  }
}

/** Whoever writes a number by hand can choose one below zero. */
const BELOW_ALL = -(2n ** 64n)

interface Link {
  readonly seq: string
  readonly hash: string
}

interface State {
  /** Rows before the anchor, and from it on. */
  earlier: number
  chained: number
  /** Over the rows before the anchor. */
  readonly digest: ReturnType<typeof createHash>
  /** The last row, and the one before it. */
  head?: Link
  before?: Link
  lastSeq: bigint
  broken?: { readonly fault: ChainFault; readonly seq: string; readonly version: string }
  readonly told: Map<string, LastTold>
}

function take(state: State, row: ChainRow): void {
  const fault = BigInt(row.seq) <= state.lastSeq ? 'order' : judge(state, row)
  if (fault) {
    state.broken = { fault, seq: row.seq, version: row.version }
    return
  }
  state.lastSeq = BigInt(row.seq)
  noteTold(state.told, row)
  if (row.hash === null) {
    state.digest.update(`${state.earlier === 0 ? '' : ','}${canonicalJson(row.content)}`)
    state.earlier++
    return
  }
  if (state.head) state.before = state.head
  state.head = { seq: row.seq, hash: row.hash }
  state.chained++
}

function judge(state: State, row: ChainRow): ChainFault | undefined {
  const { head, before } = state
  if (row.hash === null) return head === undefined ? undefined : 'unchained'
  const isAnchor = row.event === 'anchor'
  if (head === undefined && !isAnchor) return 'no-anchor'
  if (sha256Json(row.content) !== row.hash) return 'content'
  if (head === undefined) return isOver(state, row) ? undefined : 'earlier'
  if (isAnchor) return 'second-anchor'
  if (row.prevHash === head.hash) return undefined
  // It follows the last but one: what stands between them is none of the chain.
  return before && row.prevHash === before.hash ? 'put-in' : 'missing-before'
}

function isOver({ digest }: State, anchor: ChainRow): boolean {
  return anchor.prevHash === `sha256:${digest.copy().update(']').digest('hex')}`
}

import type { Side } from './frame-messages.js'

/**
 * What happens at one message of a run. Messages are counted from 0, per side, over all connections in order of arrival.
 *
 * - `before`: the message is not delivered any more.
 * - `after`: it is delivered and the server has acted on it, but its replies are lost.
 * - `half`: the first half of its bytes is delivered.
 */
export interface Fault {
  readonly side: Side
  readonly k: number
  readonly when: 'before' | 'after' | 'half'
  /**
   * `rst` and `fin` end the connection on both sides; `stall` leaves it open and forwards nothing more; `strike` calls
   * what the sweep gave, and then forwards as if nothing had been.
   */
  readonly how: 'rst' | 'fin' | 'stall' | 'strike'
  /** No connection can be made any more, or, with `stall`, none is answered. */
  readonly forGood?: boolean
  /** So many of the connections that are made after it are reset before anything is answered: an outage that ends. */
  readonly refuses?: number
  /** Something happens once more, at the client's message of this number after it, from 0, over all connections. */
  readonly again?: number
  /** What that is. Default: the same. */
  readonly next?: Happening
  /** What the sweep gave is called as well, just before the connection ends. */
  readonly strikes?: true
}

/** What is done at a message. */
export type Happening = Pick<Fault, 'when' | 'how' | 'forGood' | 'strikes'>

/** Called at the message that a fault with `strike` names, with the process that serves its connection. */
export type Strike = (backend: number | undefined) => Promise<void>

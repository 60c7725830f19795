import type { Message } from './frame-messages.js'

/** One message of a run. */
export interface Traced {
  readonly side: Message['side']
  /** The connection's number, from 0. */
  readonly connection: number
  readonly type: string
  /** The server had named the process that serves the connection. */
  readonly served: boolean
  /** Which of the pieces it arrived in that its side sent: what came in one piece was sent at one moment. */
  readonly piece: number
  /** What the message says, with everything masked that may differ between two runs. */
  readonly text: string
}

/**
 * A message without what differs between two runs: numbers of processes and transactions, times, random words, and the
 * values in rows.
 */
export function describeMessage({ side, type, bytes }: Message): string {
  if (side === 'frontend') return type === 'Q' ? `Q ${maskNumbers(textOf(bytes))}` : type
  if (type === 'E' || type === 'N') return `${type} ${maskNumbers(fieldsOf(bytes))}`
  if (type === 'C') return `C ${maskNumbers(textOf(bytes))}`
  if (type === 'S') return `S ${textOf(bytes).split('\0')[0]}`
  if (type === 'Z') return `Z ${textOf(bytes)}`
  return type === 'R' ? `R ${bytes.readUInt32BE(5)}` : type
}

function textOf(bytes: Buffer): string {
  return bytes.subarray(5).toString('utf8').replace(/\0+$/, '')
}

/** Severity, SQLSTATE and message; not the line of PostgreSQL's source that raised it. */
function fieldsOf(bytes: Buffer): string {
  return textOf(bytes)
    .split('\0')
    .filter((field) => /^[VCM]/.test(field))
    .join(' ')
}

/** UUIDs, and the random words in the names of what a run makes for itself. */
const RANDOM = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{12,}/g

function maskNumbers(text: string): string {
  return text.replaceAll(RANDOM, '#').replaceAll(/\d+/g, '#')
}

/** Who sends: `frontend` is the client, as in PostgreSQL's documentation of its protocol. */
export type Side = 'frontend' | 'backend'

/** One whole message, as it stands on the wire. */
export interface Message {
  readonly side: Side
  /** The message's type byte; the client's first messages, which have none, by name. */
  readonly type: string
  readonly bytes: Buffer
}

/** Codes of the messages without a type byte. */
const UNTYPED = new Map([
  [196608, 'startup'],
  [80877102, 'cancel'],
  [80877103, 'ssl'],
  [80877104, 'gssenc'],
])

/** Cuts a stream of one direction into messages, however TCP cut it into chunks. */
export function makeFramer(side: Side): (chunk: Buffer) => Message[] {
  let rest: Buffer = Buffer.alloc(0)
  let typed = side === 'backend'
  const next = (): Message | undefined => {
    const at = typed ? 1 : 0
    if (rest.length < at + 4) return undefined
    const end = at + rest.readUInt32BE(at)
    if (rest.length < end) return undefined
    const bytes = rest.subarray(0, end)
    rest = rest.subarray(end)
    const type = typed ? String.fromCharCode(bytes[0] ?? 0) : untypedName(bytes)
    // After ssl and gssenc, which are answered with one byte, the client begins again.
    typed ||= type === 'startup'
    return { side, type, bytes }
  }
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const messages: Message[] = []
    for (let message = next(); message; message = next()) messages.push(message)
    return messages
  }
}

function untypedName(bytes: Buffer): string {
  return UNTYPED.get(bytes.readUInt32BE(4)) ?? 'unknown'
}

/** Whole messages of the frontend in what a client wrote, and what is left over of one that is not whole yet. */
export interface Framed {
  readonly messages: readonly Buffer[]
  readonly rest: Buffer
}

/**
 * Cuts what a client writes into messages, by PostgreSQL's protocol 3: a byte of kind, then the length with itself. The
 * first message of a connection has no kind.
 */
export function frameMessages(bytes: Buffer, isFirst: boolean): Framed {
  const messages: Buffer[] = []
  let from = 0
  for (let first = isFirst; ; first = false) {
    const kind = first ? 0 : 1
    if (bytes.length < from + kind + 4) break
    const end = from + kind + bytes.readUInt32BE(from + kind)
    if (bytes.length < end) break
    messages.push(bytes.subarray(from, end))
    from = end
  }
  return { messages, rest: bytes.subarray(from) }
}

/** A message of the frontend. */
export function makeMessage(kind: string, body: Uint8Array): Buffer {
  const head = Buffer.alloc(5)
  head.write(kind)
  head.writeInt32BE(4 + body.length, 1)
  return Buffer.concat([head, body])
}

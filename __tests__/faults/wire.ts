/** A message as PostgreSQL's protocol has it: type, length, text. */
export function typed(type: string, text: string): Buffer {
  const body = Buffer.from(`${text}\0`)
  const head = Buffer.alloc(5, type, 'latin1')
  head.writeUInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

/** A message without a type: length, code, the rest. */
export function untyped(code: number, rest: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + rest.length, 0)
  head.writeUInt32BE(code, 4)
  return Buffer.concat([head, rest])
}

export function startup(): Buffer {
  return untyped(196608, Buffer.from('user\0postgres\0\0'))
}

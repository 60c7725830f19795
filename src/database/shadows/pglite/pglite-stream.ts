import { Duplex } from 'node:stream'
import { frameMessages, makeMessage } from './frame-messages.js'
import type { PgliteWorker } from './start-worker.js'

/** What `pg` takes for a socket, with PGlite at its other end. */
export interface PgliteStream {
  readonly stream: Duplex
  /** What each `COPY … FROM STDIN` of the next message reads, in order. */
  copies: readonly string[]
}

/**
 * PGlite answers a message as a whole and can not wait for rows in between: those of a COPY go with the message, and what
 * the client sends of them is not sent again. Behind all stands a refusal, for a COPY that there are no rows for; where
 * none asks it is passed over.
 */
export function openPgliteStream(worker: PgliteWorker): PgliteStream {
  let isFirst = true
  let left: Buffer = Buffer.alloc(0)
  const answer = async (message: Buffer) => {
    const wasFirst = isFirst
    isFirst = false
    const kind = wasFirst ? '' : String.fromCharCode(message[0] ?? 0)
    if (NOT_SENT.has(kind)) return
    const whole = kind === 'Q' ? Buffer.concat([message, ...rowsOf(opened.copies), REFUSAL]) : message
    opened.copies = []
    let tail: Buffer = Buffer.alloc(0)
    await worker.send(whole, (data) => {
      tail = Buffer.concat([tail.subarray(-READY_BYTES), data])
      stream.push(Buffer.from(data))
    })
    if (kind === 'Q' && !endsReady(tail)) throw new Error('PGlite ended in the middle of a statement')
  }
  const stream = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      const { messages, rest } = frameMessages(Buffer.concat([left, chunk]), isFirst)
      left = Buffer.from(rest)
      const all = messages.reduce((before, each) => before.then(() => answer(each)), Promise.resolve())
      all.then(() => done(), done)
    },
    final(done) {
      stream.push(null)
      done()
    },
  })
  const opened: PgliteStream = { stream: asSocket(stream), copies: [] }
  return opened
}

/** Rows of a COPY, their end and a refusal, which went with the query; and a good-bye, which would end the server. */
const NOT_SENT = new Set(['d', 'c', 'f', 'X'])

const REFUSAL = makeMessage('f', Buffer.from('the file holds no rows for this COPY FROM STDIN\0'))

function rowsOf(copies: readonly string[]): Buffer[] {
  return copies.flatMap((rows) => [makeMessage('d', Buffer.from(rows)), makeMessage('c', Buffer.alloc(0))])
}

/** ReadyForQuery: the last of every answer. */
const READY_BYTES = 6

function endsReady(tail: Buffer): boolean {
  return tail.length >= READY_BYTES && tail.subarray(-READY_BYTES, -1).equals(READY)
}

const READY = Buffer.from([0x5a, 0, 0, 0, 5])

/** What `pg` calls on a socket besides. */
function asSocket(stream: Duplex): Duplex {
  const nothing = () => stream
  const connect = () => {
    queueMicrotask(() => stream.emit('connect'))
    return stream
  }
  return Object.assign(stream, {
    connect,
    setNoDelay: nothing,
    setKeepAlive: nothing,
    ref: nothing,
    unref: nothing,
  })
}

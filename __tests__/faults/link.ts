import type { Socket } from 'node:net'
import type { Happening } from './fault.js'
import { type Message, makeFramer } from './frame-messages.js'
import { makeGate } from './gate.js'
import type { Run } from './pg-proxy.js'
import { makeQueue } from './queue.js'

/** One connection through the proxy. */
export interface Link {
  readonly ordinal: number
  /** The server's process, once it has named itself. */
  readonly backend: number | undefined
  /** The number of the server's last piece of bytes. */
  readonly piece: number
}

interface Pipe extends Link {
  backend: number | undefined
  piece: number
  readonly client: Socket
  readonly server: Socket
  /** Open while the server waits for the client. */
  readonly quiet: ReturnType<typeof makeGate>
  /** Open from when either end is gone. */
  readonly gone: ReturnType<typeof makeGate>
  readonly serverGone: ReturnType<typeof makeGate>
  /** Of the message at work: how many COPYs the server has come to, and the ends of how many are delivered. */
  copies: { asked: number; ended: number } | undefined
  /** What arrives from the server is not delivered. */
  muted: boolean
  /** Nothing is delivered any more, nor is an end. */
  stalled: boolean
  /** What has come from the server while something is done at one of its messages. */
  held: Message[] | undefined
}

/** Forwards message by message, each of the client's only when the server waits for it, so that counts are stable. */
export function openLink(client: Socket, server: Socket, ordinal: number, run: Run): void {
  const pipe: Pipe = {
    ordinal,
    client,
    server,
    backend: undefined,
    piece: 0,
    quiet: makeGate(true),
    gone: makeGate(false),
    serverGone: makeGate(false),
    copies: undefined,
    muted: false,
    stalled: run.isDark(),
    held: undefined,
  }
  const fromClient = makeQueue<Message>()
  const frontend = makeFramer('frontend')
  client.on('data', (chunk) => {
    for (const message of frontend(chunk)) fromClient.push(message)
  })
  const backend = makeFramer('backend')
  server.on('data', (chunk) => {
    pipe.piece++
    for (const message of backend(chunk)) receive(pipe, message, run)
  })
  for (const event of ['end', 'close']) {
    client.on(event, () => {
      pipe.gone.open()
      fromClient.end()
    })
    server.on(event, () => endAtServer(pipe))
  }
  void forward(pipe, fromClient, run)
}

function endAtServer(pipe: Pipe): void {
  pipe.gone.open()
  pipe.serverGone.open()
  if (!pipe.stalled && !pipe.muted && !pipe.held) pipe.client.end()
}

async function forward(pipe: Pipe, messages: ReturnType<typeof makeQueue<Message>>, run: Run): Promise<void> {
  for (let message = await messages.next(); message; message = await messages.next()) {
    // A client that is gone waits for nothing: what it has sent lies in the server's socket, and then its end.
    if (waits(message)) await Promise.race([pipe.quiet.opened(), pipe.gone.opened()])
    if (pipe.stalled) return
    const hit = run.arrive(message, pipe)
    if (hit && !(await happen(pipe, message, hit, run))) return
    deliver(pipe, message)
  }
  if (!pipe.stalled) pipe.server.end()
}

/** Copy data flows while the server works; a cancelling request has a connection of its own. */
function waits({ type }: Message): boolean {
  return !['d', 'c', 'f', 'cancel'].includes(type)
}

function deliver(pipe: Pipe, message: Message): void {
  if (message.type === 'ssl' || message.type === 'gssenc') {
    if (!pipe.muted) pipe.client.write('N')
    return
  }
  if (isAnswered(pipe, message)) pipe.quiet.shut()
  if (pipe.server.writable) pipe.server.write(message.bytes)
}

/** The server says when it is done with it. The end of a COPY in a message that has failed meanwhile is passed over. */
function isAnswered(pipe: Pipe, { type }: Message): boolean {
  if (pipe.serverGone.isOpen()) return false
  if (type === 'Q') pipe.copies = { asked: 0, ended: 0 }
  if (type !== 'c' && type !== 'f') return ['startup', 'p', 'Q', 'F', 'S'].includes(type)
  if (pipe.copies) pipe.copies.ended++
  return pipe.copies !== undefined
}

/** @returns whether the message is to be delivered */
async function happen(pipe: Pipe, message: Message, hit: Happening, run: Run): Promise<boolean> {
  if (hit.how === 'strike') {
    await run.strike(pipe.backend)
    return true
  }
  if (hit.when === 'after') await letAct(pipe, message, run)
  end(pipe, hit, run)
  return false
}

/** Until the server has nothing to do any more, or is gone. */
async function letAct(pipe: Pipe, message: Message, run: Run): Promise<void> {
  pipe.muted = true
  deliver(pipe, message)
  const ends = message.type === 'X' || message.type === 'cancel'
  const acted = ends ? pipe.serverGone.opened() : pipe.quiet.opened()
  await Promise.race([acted, pipe.serverGone.opened(), run.closed])
}

function receive(pipe: Pipe, message: Message, run: Run): void {
  if (pipe.stalled || pipe.client.destroyed) return
  if (pipe.held) return void pipe.held.push(message)
  if (message.type === 'K') pipe.backend = message.bytes.readUInt32BE(5)
  if (message.type === 'G' && pipe.copies) pipe.copies.asked++
  if (message.type === 'E' || message.type === 'Z') pipe.copies = undefined
  if (awaitsClient(message, pipe)) pipe.quiet.open()
  if (pipe.muted) return
  const hit = run.arrive(message, pipe)
  if (!hit) pipe.client.write(message.bytes)
  else if (hit.how === 'strike') void hold(pipe, message, run)
  else if (hit.when === 'half') endAtHalf(pipe, message, hit, run)
  else end(pipe, hit, run)
}

/** Everything else of the server's waits behind it, its end too. */
async function hold(pipe: Pipe, message: Message, run: Run): Promise<void> {
  const held: Message[] = []
  pipe.held = held
  await run.strike(pipe.backend)
  pipe.held = undefined
  if (!pipe.client.destroyed) pipe.client.write(message.bytes)
  for (const next of held) receive(pipe, next, run)
  if (pipe.serverGone.isOpen()) endAtServer(pipe)
}

function endAtHalf(pipe: Pipe, { bytes }: Message, hit: Happening, run: Run): void {
  pipe.muted = true
  pipe.client.write(bytes.subarray(0, bytes.length >> 1), () => end(pipe, hit, run))
}

/** ReadyForQuery, CopyInResponse where its rows are not there yet, and a demand for the password. */
function awaitsClient({ type, bytes }: Message, { copies }: Pipe): boolean {
  if (type === 'G') return copies === undefined || copies.asked > copies.ended
  if (type !== 'R') return type === 'Z'
  return [3, 5, 10, 11].includes(bytes.readUInt32BE(5))
}

function end(pipe: Pipe, { how, forGood, strikes }: Happening, run: Run): void {
  pipe.muted = true
  if (strikes) void run.strike(pipe.backend)
  if (forGood) run.endForGood()
  if (how === 'stall') {
    pipe.stalled = true
  } else if (how === 'fin') {
    for (const socket of [pipe.client, pipe.server]) socket.end()
    // Reading on, so that the end of the other side is seen.
    for (const socket of [pipe.client, pipe.server]) socket.resume()
  } else {
    for (const socket of [pipe.client, pipe.server]) reset(socket)
  }
  pipe.gone.open()
}

/** One that is being shut down already can't be reset: Node would wait for it for ever when the process ends. */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy()
  else socket.resetAndDestroy()
}

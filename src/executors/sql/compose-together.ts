import type { RunnableMigration } from '../../model/plan.js'
import { composeMessage, MESSAGE_BYTES, type Message, type Placed } from '../../sql/compose-message.js'
import { FIRE_ALL, fireDeferred } from '../../sql/fire-deferred.js'
import { layOutPieces, type PieceLayout } from '../../sql/lay-out-pieces.js'
import type { MessageLayout } from '../../sql/locate-failure.js'
import { setMark } from '../../sql/mark.js'
import { AS_WE_SEND, setsEncoding } from '../../sql/sets-encoding.js'
import type { Work } from '../executor.js'
import { closeFile, openFile } from './around-file.js'
import type { Frame } from './compose-batch.js'
import { resetAfter } from './record.js'

/** What a message holds of one file: SQL of ours around it, or some of its text. */
export interface Share {
  readonly migration: RunnableMigration
  /** Of the migration, in the group. */
  readonly index: number
  /** How many statements of the message are done when this is about to begin. */
  readonly begunAt: number
  /** It sets the file's savepoint, which is there once so many are done. */
  readonly savedAt?: number
  readonly layout: MessageLayout
}

/** One of the messages that share a transaction. */
export interface Part {
  readonly sent: string
  readonly copies: readonly string[]
  readonly shares: readonly Share[]
  /** Statements before the first share: those that make the tracking tables. */
  readonly prologue: number
  /** How many statements are done when the transaction is committed; undefined where it stays open. */
  readonly committedAt?: number
  /** It is one statement that the parser could not read, and which may end the transaction. */
  readonly unread: boolean
  /** Its first statement fails where the transaction was ended by the message before. */
  readonly checks: boolean
}

/**
 * Files in one transaction, each with its record, in as few messages as carry them: nothing is committed unless all of it
 * is. One message is in memory at a time. Text that the parser could not read may swallow what follows it, so nothing
 * else stands in a message with it.
 */
export function* composeTogether(
  work: Work,
  migrations: readonly RunnableMigration[],
  { prologue, epilogue, markOf }: Frame,
): Generator<Part> {
  let draft = beginDraft(prologue)
  draft.message.own('BEGIN READ WRITE;')
  for (const item of itemsOf(work, migrations, markOf)) {
    if (item.unread) {
      yield seal(draft)
      yield alone(item, item.unread)
      draft = beginDraft('', true)
    } else {
      if (!hasRoom(draft, item, work.messageBytes ?? MESSAGE_BYTES)) {
        yield seal(draft)
        draft = beginDraft('')
      }
      add(draft, item)
      if (item.ends) {
        yield seal(draft)
        draft = beginDraft('')
      }
    }
  }
  draft.message.own('COMMIT;')
  const committedAt = draft.message.statements
  draft.message.own(epilogue)
  yield { ...seal(draft), committedAt }
}

/** What goes into one message, whole. */
interface Item {
  readonly migration: RunnableMigration
  readonly index: number
  /** What follows goes into another message. */
  readonly ends?: true
  /** SQL of ours, which takes no room. */
  readonly own?: string
  /** It is the file's beginning or end: what fails there is not of its text, and mostly not of its making. */
  readonly around?: 'before' | 'behind'
  /** That ends with the file's savepoint. */
  readonly saves?: true
  readonly text?: { readonly bytes: number; readonly put: (message: Message) => Placed }
  /** One statement that the parser could not read: a message of its own. */
  readonly unread?: PieceLayout
}

function* itemsOf(
  work: Work,
  migrations: readonly RunnableMigration[],
  markOf: Frame['markOf'],
): Generator<Item> {
  for (const [index, migration] of migrations.entries()) {
    const isCut = migration.pieces !== undefined
    const start = openFile(work, migration)
    yield isCut
      ? { migration, index, own: `${start}\n${SAVEPOINT}`, around: 'before', saves: true }
      : { migration, index, own: start, around: 'before' }
    yield* isCut ? piecesOf(migration, index) : [wholeOf(migration, index)]
    // A message is read in the encoding that holds as it arrives: files that follow in it, too.
    if (isCut && setsEncoding(migration.text)) yield { migration, index, own: AS_WE_SEND, ends: true }
    const fire = index === migrations.length - 1 ? FIRE_ALL : fireDeferred(migration.text)
    const end = [closeFile(work, migration, fire), setMark(markOf(index)), resetAfter(work)].join('\n')
    yield { migration, index, own: isCut ? `${end}\n${RELEASE}` : end, around: 'behind' }
  }
}

function wholeOf(migration: RunnableMigration, index: number): Item {
  const bytes = Buffer.byteLength(migration.text)
  return { migration, index, text: { bytes, put: (message) => message.file(migration) } }
}

/** The savepoint is there as long as the transaction is ours, whatever the text does: nothing else can tell. */
const SAVEPOINT = 'SAVEPOINT devflow_file;'
const RELEASE = 'RELEASE SAVEPOINT devflow_file;'

/** Fails where the transaction that a file in pieces was begun in is not there any more. */
export const BACK_TO_SAVEPOINT = 'ROLLBACK TO SAVEPOINT devflow_file;'

/** Behind what could not be read stands, at the beginning of the next message, what fails where the transaction is ended. */
function* piecesOf(migration: RunnableMigration, index: number): Generator<Item> {
  for (const layout of layOutPieces(migration)) {
    if (!layout.unread) yield { migration, index, text: pieceText(layout) }
    else {
      yield { migration, index, unread: layout }
      yield { migration, index, own: `${RELEASE}\n${SAVEPOINT}` }
    }
  }
}

function pieceText(layout: PieceLayout): NonNullable<Item['text']> {
  return { bytes: Buffer.byteLength(layout.sent), put: (message) => message.piece(layout) }
}

/** A message that is put together. */
interface Draft {
  readonly message: Message
  readonly prologue: number
  readonly shares: (Omit<Share, 'layout'> & { readonly layout: Placed })[]
  /** Of the files' text. */
  bytes: number
  readonly checks: boolean
}

function beginDraft(prologue: string, checks = false): Draft {
  const message = composeMessage()
  message.own(prologue)
  return { message, prologue: message.statements, shares: [], bytes: 0, checks }
}

function hasRoom({ bytes }: Draft, { text }: Item, most: number): boolean {
  return text === undefined || bytes === 0 || bytes + text.bytes <= most
}

function add(draft: Draft, { migration, index, own, around, saves, text }: Item): void {
  const { message, shares } = draft
  const begunAt = message.statements
  if (own !== undefined) message.own(own)
  const layout = text?.put(message) ?? placeAround(around, begunAt, message.statements)
  shares.push({ migration, index, begunAt, ...(saves ? { savedAt: message.statements } : {}), layout })
  draft.bytes += text?.bytes ?? 0
}

/** Beside the file's statements, as where it has a transaction of its own: that is what the hints are given by. */
function placeAround(around: Item['around'], begunAt: number, doneAt: number): Placed {
  if (around === undefined) return NOWHERE
  return { ...NOWHERE, statementsBefore: around === 'before' ? doneAt : begunAt - 1, statementCount: 1 }
}

/** What fails in SQL of ours is no part of the file. */
const NOWHERE: Placed = { bodyStart: 0, fileStart: 0, length: 0, statementsBefore: 0, firstStatement: 0 }

function seal({ message, prologue, shares, checks }: Draft): Part {
  const { sent, copies } = message.seal()
  return {
    sent,
    copies,
    prologue,
    unread: false,
    checks,
    shares: shares.map((share) => ({ ...share, layout: { ...share.layout, sent } })),
  }
}

/** As it is in the file: it can be large, and is not copied. */
function alone({ migration, index }: Item, layout: PieceLayout): Part {
  const { sent, copies } = layout
  return {
    sent,
    copies,
    prologue: 0,
    unread: true,
    checks: false,
    shares: [{ migration, index, begunAt: 0, layout }],
  }
}

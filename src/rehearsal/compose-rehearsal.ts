import type { RunnableMigration } from '../model/plan.js'
import { composeMessage, wholeFile } from '../sql/compose-message.js'
import type { MessageLayout } from '../sql/locate-failure.js'
import type { Frame } from './frame.js'
import type { Questions } from './measuring/questions.js'

/** A file that is to be rehearsed. */
export interface ToRehearse {
  readonly whole: RunnableMigration
  /** Without what is left out. */
  readonly sent: RunnableMigration
  /** What it does is asked about. */
  readonly measured: boolean
}

/** A file as it stands in a message of the rehearsal. */
export interface RehearsedBlock extends ToRehearse {
  /** One for all of it, or one for each of its statements. */
  readonly layouts: readonly MessageLayout[]
  /** How many statements of the message are done when it is through. */
  readonly throughAt: number
}

export interface RehearsalMessage {
  readonly sent: string
  readonly copies: readonly string[]
  readonly blocks: readonly RehearsedBlock[]
  /** Statements before the first file: those that open the transaction. */
  readonly prologue: number
}

/**
 * Many files in one message.
 *
 * @param opening SQL before the first, or nothing
 */
export function composeRehearsal(
  files: readonly ToRehearse[],
  frame: Frame,
  opening: string,
  questions: Questions,
  markOf: (index: number) => string,
): RehearsalMessage {
  const message = composeMessage()
  message.own(opening)
  const prologue = message.statements
  const placed = files.map((file, index) => {
    message.own(frame.before(file.sent))
    const layouts = file.measured
      ? questions.ask(message, file.whole, file.sent, wholeFile(file.sent))
      : [message.file(file.sent)]
    message.own(frame.after(file.sent, markOf(index)))
    return { ...file, layouts, throughAt: message.statements }
  })
  const { sent, copies } = message.seal()
  const blocks = placed.map((block) => ({
    ...block,
    layouts: block.layouts.map((each) => ({ ...each, sent })),
  }))
  return { sent, copies, prologue, blocks }
}

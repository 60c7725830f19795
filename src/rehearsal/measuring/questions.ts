import { randomBytes } from 'node:crypto'
import type { RunnableMigration } from '../../model/plan.js'
import type { Reply } from '../../model/session.js'
import type { Message, Placed, Stretch } from '../../sql/compose-message.js'
import { resetSessionBut } from '../../sql/session-reset.js'
import { parseProbe } from './probe.js'
import { makeProbeSql } from './probe-sql.js'
import type { LoggedRun } from './run-log.js'

/** What is asked in one message, and how its answers are read. */
export interface Questions {
  /** One statement for the begin of each transaction that is asked about. */
  readonly hold: string
  /** Sets the session back, except for what the questions need. */
  readonly reset: string
  /** The column that answers stand in: what `Session.send` is to keep. */
  readonly column: string
  /** Adds statements of a file, in a transaction that is held, and asks before the first and after each. */
  ask(
    message: Message,
    whole: RunnableMigration,
    sent: RunnableMigration,
    stretch: Stretch,
  ): readonly Placed[]
  /** It was our own question that the server refused. */
  isRefused(reply: Reply): boolean
  /** What was told, for as many of the files as the message came to. */
  read(reply: Reply): LoggedRun[]
}

/**
 * Questions of one message. Nobody but who sends it knows what their answers are named by, so nothing in a file passes
 * for one.
 *
 * @param key of the whole rehearsal: what the begin of a transaction is found by, in whichever message it was
 */
export function openQuestions(key: number, cumulative: boolean): Questions {
  const sql = makeProbeSql({ token: randomBytes(16).toString('hex'), key, cumulative })
  const runs: AskedRun[] = []
  const ours = new Set<number>()
  let names = 0
  const readied = new Map<boolean, string>()
  const own = (message: Message, text: string) => {
    ours.add(message.statements)
    return text
  }
  /** As it is asked where it may be readied, which is done at its first use. */
  const readyFor = (message: Message, columns: boolean) => {
    const name = readied.get(columns) ?? `${sql.column}_${++names}`
    if (!readied.has(columns)) message.own(own(message, sql.prepare(name, columns)))
    readied.set(columns, name)
    return sql.ask(name)
  }
  return {
    hold: sql.hold,
    reset: resetSessionBut(sql.setting, sql.column),
    column: sql.column,
    ask(message, whole, sent, stretch) {
      const run: AskedRun = { whole, statements: [] }
      runs.push(run)
      // A file that may take it away does without, and those after it ready it anew.
      const takesAway = /\bdeallocate\b/i.test(sent.text)
      if (takesAway) readied.clear()
      const mayDrop = stretch.statements.map(({ span }) =>
        MAY_DROP.test(sent.text.slice(span.start, span.end)),
      )
      const [plain, dropping] = [false, mayDrop.includes(true)].map((columns) =>
        takesAway ? sql.askPlainly(columns) : readyFor(message, columns),
      )
      message.own(own(message, plain ?? ''))
      const indexes = new Map((whole.statements ?? []).map((statement, index) => [statement, index]))
      return message.apart(sent, stretch, (at) => {
        const statement = sent.statements?.[at]
        run.statements.push((statement && indexes.get(statement)) ?? at)
        return own(message, (mayDrop[at - stretch.first] ? dropping : plain) ?? '')
      })
    },
    isRefused: ({ error, completed }) => error !== undefined && ours.has(completed),
    read: (reply) => readRuns(runs, answersOf(reply, sql.column)),
  }
}

/** It drops something, or runs code that may: then columns may be gone too. */
const MAY_DROP = /\b(drop|do|call|select|execute)\b/i

interface AskedRun {
  readonly whole: RunnableMigration
  /** Indexes of the statements that were asked about, in order. */
  readonly statements: number[]
}

function answersOf({ results }: Reply, column: string): string[] {
  return results.flatMap(({ columns, rows }) =>
    columns.length === 1 && columns[0] === column ? [rows[0]?.[0] ?? ''] : [],
  )
}

/** The server answers in order, and not at all after an error. */
function readRuns(runs: readonly AskedRun[], answers: readonly string[]): LoggedRun[] {
  const left = answers.map(parseProbe)
  return runs.flatMap(({ whole, statements }) => {
    const [opened, ...probes] = left.splice(0, statements.length + 1)
    if (!opened) return []
    const told = probes.map((probe, at) => ({ index: statements[at] ?? at, probe }))
    const undone = probes.length < statements.length
    return [{ migration: whole, opened, statements: told, undone, alone: false }]
  })
}

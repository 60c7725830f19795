import type { RunnableMigration, RunnableStatement } from '../model/plan.js'
import type { Message, Placed, Stretch } from '../sql/compose-message.js'
import { FIRE_ALL } from '../sql/fire-deferred.js'
import { AS_OURSELVES } from '../sql/session-reset.js'
import type { Step } from '../sql/split-steps.js'
import type { Questions } from './measuring/questions.js'

/**
 * Adds the statements of a step that is a transaction: one of ours around them, or the file's own. Without questions
 * nothing is asked.
 */
export function addStep(
  message: Message,
  questions: Questions | undefined,
  whole: RunnableMigration,
  sent: RunnableMigration,
  step: Step,
): readonly Placed[] {
  const add = (stretch: Stretch) => {
    if (stretch.statements.length === 0) return []
    if (questions === undefined) return message.apart(sent, stretch, () => '')
    message.own(questions.hold)
    return questions.ask(message, whole, sent, stretch)
  }
  if (step.kind === 'transaction') {
    message.own('BEGIN;')
    const placed = add(step)
    message.own(`${FIRE_ALL}\n${AS_OURSELVES}\nCOMMIT;`)
    return placed
  }
  const [head, body, tail] = parts(step)
  const plainly = (stretch: Stretch) =>
    stretch.statements.length > 0 ? message.apart(sent, stretch, () => '') : []
  return [...plainly(head), ...add(body), ...plainly(tail)]
}

/** BEGIN and what must follow it at once; the statements in the transaction; what ends it. */
function parts({ start, end, first, statements }: Step): [head: Stretch, body: Stretch, tail: Stretch] {
  const opens = ({ control, outside }: RunnableStatement) =>
    control?.startsWith('begin') || outside === 'SET TRANSACTION'
  const from = statements.findIndex((statement) => !opens(statement))
  const to = statements.at(-1)?.control === undefined ? statements.length : statements.length - 1
  const afterHead = statements[from - 1]?.span.end ?? start
  const afterBody = statements[Math.max(from, to) - 1]?.span.end ?? afterHead
  return [
    { start, end: afterHead, first, statements: statements.slice(0, from) },
    { start: afterHead, end: afterBody, first: first + from, statements: statements.slice(from, to) },
    { start: afterBody, end, first: first + to, statements: statements.slice(to) },
  ]
}

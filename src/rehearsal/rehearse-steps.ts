import type { RunnableMigration } from '../model/plan.js'
import { composeMessage } from '../sql/compose-message.js'
import { findLayout } from '../sql/find-layout.js'
import { limitSession } from '../sql/limit-session.js'
import { locateFailure } from '../sql/locate-failure.js'
import { resetSessionTo } from '../sql/session-reset.js'
import { type Step, splitSteps } from '../sql/split-steps.js'
import { addStep } from './add-step.js'
import { type Course, enter } from './course.js'
import { endMeasuring, isMeasured, questionsOf } from './measuring/ask-along.js'
import { takeSnapshot } from './measuring/take-snapshot.js'
import { passBy } from './pass-by.js'
import { setSession } from './set-session.js'
import { showPassed } from './show-passed.js'
import { failed, loseConnection } from './when-it-fails.js'
import { withoutLeft } from './without-left.js'

/** A file on its way through its steps. */
interface Walk {
  readonly course: Course
  readonly whole: RunnableMigration
  readonly sent: RunnableMigration
  readonly measured: boolean
}

/**
 * Rehearses a file whose statements can not all stand in one transaction, as it will run: in steps, on a server where
 * what is done may stay.
 *
 * @returns whether there is a way on
 */
export async function rehearseSteps(course: Course, whole: RunnableMigration): Promise<boolean> {
  const { rehearsal, next, left } = course
  const { session, observe, migrations, lockMs, statementMs, settings } = rehearsal
  const started = performance.now()
  observe({ kind: 'rehearsing', name: whole.file.name, index: next + 1, count: migrations.length })
  const sent = withoutLeft(whole, left.get(whole) ?? [])
  const walk = { course, whole, sent, measured: isMeasured(course, whole) }
  const limits = limitSession(whole.file.directives.timeouts, false).join('\n')
  await session.send(`SET lock_timeout = ${lockMs};\nSET statement_timeout = ${statementMs};\n${limits}`)
  const unset = await setSession(course, whole)
  if (unset !== undefined) return unset
  for (const step of splitSteps(sent)) {
    if (rehearsal.signal.aborted) return false
    const stop = step.kind === 'alone' ? await runAlone(walk, step) : await runTogether(walk, step)
    if (stop !== undefined) return stop
  }
  const reset = await session.send(resetSessionTo(settings))
  if (reset.state === 'lost') return loseConnection(course, reset, [])
  enter(course, showPassed(course, whole), Math.round(performance.now() - started))
  return true
}

/** @returns undefined where the next step may follow, else whether there is a way on for other files */
async function runTogether(walk: Walk, step: Step): Promise<boolean | undefined> {
  const { course, whole, sent, measured } = walk
  const questions = measured && !course.measuring.ended ? questionsOf(course) : undefined
  const message = composeMessage()
  const placed = addStep(message, questions, whole, sent, step)
  const sealed = message.seal()
  const passed = await passBy(course, sealed.sent, {
    copies: sealed.copies,
    ...(questions ? { keepColumn: questions.column } : {}),
  })
  const { reply } = passed
  if (reply.state === 'lost') return loseConnection(course, reply, [])
  if (questions?.isRefused(reply)) {
    await endMeasuring(course, reply, whole)
    return runTogether(walk, step)
  }
  course.measuring.log.push(...(questions?.read(reply) ?? []))
  if (!reply.error) return undefined
  const layouts = placed.map((each) => ({ ...each, sent: sealed.sent }))
  const layout = findLayout(reply, layouts)
  if (!layout) throw new Error('A step has no place in the message that it was sent in.')
  return failed(course, sent, locateFailure(reply, sent, layout), passed)
}

/** What it did is what differs afterwards: nothing can be asked in a transaction that it is not in. */
async function runAlone(walk: Walk, step: Step): Promise<boolean | undefined> {
  const { course, whole, sent, measured } = walk
  const before = measured ? await takeSnapshot(course) : undefined
  const message = composeMessage()
  const [placed] = message.apart(sent, step, () => '')
  const sealed = message.seal()
  const passed = await passBy(course, sealed.sent, { copies: sealed.copies })
  const { reply } = passed
  if (reply.state === 'lost') return loseConnection(course, reply, [])
  if (reply.error && placed)
    return failed(course, sent, locateFailure(reply, sent, { ...placed, sent: sealed.sent }), passed)
  const after = before && (await takeSnapshot(course, before))
  const [statement] = step.statements
  const index = statement ? (whole.statements ?? []).indexOf(statement) : -1
  if (before && after && index >= 0) {
    const statements = [{ index, probe: after.probe }]
    course.measuring.log.push({
      migration: whole,
      opened: before.probe,
      statements,
      undone: false,
      alone: true,
    })
  }
  return undefined
}

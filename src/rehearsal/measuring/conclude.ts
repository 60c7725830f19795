import type { Measured } from '../../model/measured.js'
import type { Rehearsed } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import { beginReading } from '../../sql/begin-reading.js'
import { openParser } from '../../sql/open-parser.js'
import { resetSessionTo } from '../../sql/session-reset.js'
import { type Course, withMeasured } from '../course.js'
import { commitsEach } from '../rehearsal.js'
import { type Known, parseKnown } from './known.js'
import { knownSql, type Wanted } from './known-sql.js'
import type { Probe } from './probe.js'
import { readMeasured } from './read-measured.js'
import type { LoggedRun } from './run-log.js'

/** Rolls back what is open, and gives the results with what was measured. */
export async function concludeMeasuring(course: Course): Promise<Rehearsed[]> {
  const known = commitsEach(course.rehearsal) ? course.measuring.before?.known : await rollBack(course)
  return known ? withMeasured(course, await read(course, known)) : course.results
}

async function read(
  course: Course,
  known: Known,
): Promise<ReadonlyMap<RunnableMigration, readonly Measured[]>> {
  const { measuring, rehearsal } = course
  const { before, log } = measuring
  if (log.flatMap(probesOf).some(({ isCounted }) => !isCounted)) rehearsal.limit(UNCOUNTED)
  return readMeasured(log, {
    known,
    ...(before ? { before: before.probe } : {}),
    parser: await openParser(),
    redact: rehearsal.redact,
    oneTransaction: !commitsEach(rehearsal),
  })
}

const UNCOUNTED =
  'Which tables are read from one end to the other, and how many rows change, is not known where track_counts is off: the server does not count then.'

function probesOf({ opened, statements }: LoggedRun): Probe[] {
  return [opened, ...statements.map(({ probe }) => probe)]
}

/**
 * In the message that rolls back, what was touched is looked up: it has its old names again, dropped or not, and what
 * the run made is not there.
 */
async function rollBack({ rehearsal, measuring, opened }: Course): Promise<Known | undefined> {
  if (!opened) return undefined
  const { session, settings, limit } = rehearsal
  const back = `ROLLBACK;\nBEGIN;\n${resetSessionTo(settings)}\nCOMMIT;`
  if (measuring.log.length === 0) {
    await session.send(back)
    return undefined
  }
  const reply = await session.send(
    `${back}\n${beginReading()}\nSET LOCAL search_path = pg_catalog, pg_temp;\n${knownSql(KNOWN, touchedBy(measuring.log))}\nCOMMIT;`,
  )
  const answer = reply.results.find(({ columns }) => columns[0] === KNOWN)?.rows[0]?.[0]
  if (answer) return parseKnown(answer)
  limit(
    `What each statement did can't be told: its names could not be read (${reply.error?.message ?? 'without a reason'}).`,
  )
  if (reply.state === 'E') await session.send('ROLLBACK;')
  return undefined
}

const KNOWN = 'devflow_known'

function touchedBy(log: readonly LoggedRun[]): Wanted {
  const probes = log.flatMap(probesOf)
  return {
    relations: [...new Set(probes.flatMap(({ relations }) => relations.map(({ id }) => id)))],
    objects: probes.flatMap(({ gone }) => gone.map(({ catalog, id }) => [catalog, id] as const)),
    columns: probes.flatMap(({ columns }) =>
      columns.map(({ relation, column }) => [relation, column] as const),
    ),
  }
}

import { parseRecords, recordsQuery } from '../../../src/database/read-history.js'
import type { Work } from '../../../src/executors/executor.js'
import { applySql } from '../../../src/executors/sql/apply.js'
import type { Outcome } from '../../../src/model/outcome.js'
import type { RunnableMigration } from '../../../src/model/plan.js'
import type { Reply, Session } from '../../../src/model/session.js'
import { aWork } from './a-work.js'

/** Where a run ends for good: at the message of this number, before the server gets it or after its answer is lost. */
export interface Cut {
  readonly at: number
  readonly when: 'before' | 'after'
}

export interface CutRun {
  readonly outcomes: readonly Outcome[]
  /** What the executor sent. */
  readonly sent: readonly string[]
  readonly notes: readonly string[]
}

/** The executor on a connection of its own, with the records as they are; gone, with its backend, when this returns. */
export async function runOnce(
  url: string,
  migrations: readonly RunnableMigration[],
  cut?: Cut,
  as: Partial<Pick<Work, 'together' | 'messageBytes'>> = {},
): Promise<CutRun> {
  await using work = await aWork(url, migrations)
  const tracking = { schema: 'devflow', table: 'schema_migrations', version: 3 } as const
  const records = parseRecords(await work.session.send(recordsQuery(tracking)))
  const sent: string[] = []
  const session = cutting(work.session, sent, cut)
  const outcomes = await applySql({ ...work, ...as, session, records } satisfies Work)
  await work.session[Symbol.asyncDispose]()
  const notes = work.events.flatMap((event) => (event.kind === 'note' ? [event.message] : []))
  return { outcomes, sent, notes }
}

function cutting(session: Session, sent: string[], cut: Cut | undefined): Session {
  let lost = false
  return {
    ...session,
    async send(sql, options) {
      const here = sent.length === cut?.at
      sent.push(sql)
      if (lost || (here && cut?.when === 'before')) {
        lost = true
        return LOST
      }
      const reply = await session.send(sql, options)
      if (!here) return reply
      lost = true
      return LOST
    },
  }
}

const LOST: Reply = {
  results: [],
  completed: 0,
  error: { code: 'connection-lost', message: 'cut by the test', fatal: true },
  state: 'lost',
}

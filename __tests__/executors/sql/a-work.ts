import { makeBookkeeping } from '../../../src/database/make-bookkeeping.js'
import { makeDoor } from '../../../src/database/open-session.js'
import { readTarget } from '../../../src/database/read-target.js'
import { sessionSettings } from '../../../src/database/session-settings.js'
import { takeLock } from '../../../src/database/take-lock.js'
import type { Work } from '../../../src/executors/executor.js'
import { parseHead } from '../../../src/migrations/parse-head.js'
import type { Piece, RunnableMigration } from '../../../src/model/plan.js'
import type { ProgressEvent } from '../../../src/model/progress.js'
import { prepareMigration } from '../../../src/plan/prepare-migration.js'
import { openParser } from '../../../src/sql/open-parser.js'
import { aMigration } from '../../support/builders.js'

/** What an executor is handed, on a connection of its own that holds the run's lock, tables made. */
export interface TestWork extends Work, AsyncDisposable {
  readonly events: ProgressEvent[]
}

export async function aWork(url: string, migrations: readonly RunnableMigration[]): Promise<TestWork> {
  const run = { actor: 'octocat', toolVersion: '0.1.0' }
  const door = await makeDoor(url, { databaseSource: 'the test', redact: (text) => text, run })
  const events: ProgressEvent[] = []
  const session = await door.open((severity, message) => events.push({ kind: 'notice', severity, message }))
  const timeouts = { lockMs: 3_000, statementMs: 0, idleInTransactionMs: 0, transactionMs: 0 }
  const wanted = { schema: 'devflow', table: 'schema_migrations', configured: false }
  const { target, schemaExists, windows, backend } = await readTarget(session, door.endpoint, wanted)
  const settings = sessionSettings({ timeouts, run }, { ...target, windows })
  const bookkeeping = makeBookkeeping(target, { ...run, environment: 'test' }, schemaExists)
  const made = await session.send(`BEGIN; SET LOCAL search_path = pg_catalog; ${bookkeeping.ensure} COMMIT;`)
  if (made.error) throw new Error(made.error.message)
  await takeLock(session, target, { settings, message: '', limitMs: 0, onWait: () => {} })
  return {
    session,
    backend,
    records: [],
    migrations,
    bookkeeping: { ...bookkeeping, ensure: '' },
    planHash: 'v0:sha256:0',
    settings,
    timeouts,
    together: false,
    observe: (event) => events.push(event),
    watch: {
      during: async (_backend, _lockMs, send) => ({ reply: await send(() => {}), blockers: [] }),
      rest: async () => {},
      [Symbol.asyncDispose]: async () => {},
    },
    signal: new AbortController().signal,
    reconnect: async () => undefined,
    ensureTables: async () => undefined,
    events,
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}

/** A file as the plan hands it on. */
export async function aRunnable(name: string, text: string): Promise<RunnableMigration> {
  const { directives } = parseHead(text)
  return prepareMigration(await openParser(), aMigration({ name, text, directives })).runnable
}

/** One that the parser could not read: a statement of more than 8 MiB, say, which may be more than it seems. */
export function anUnreadable(name: string, text: string): RunnableMigration {
  const piece = { start: 0, end: text.length, statements: 1, script: false, left: [], unread: true }
  const unreadable = 'it is too large'
  return { file: aMigration({ name, text }), text, mode: 'transaction', pieces: [piece], unreadable }
}

/** One that is too large to be kept statement by statement, or as if it were: each text is a piece. */
export function aLarge(
  name: string,
  texts: readonly (string | { readonly unread: string })[],
): RunnableMigration {
  const pieces: Piece[] = []
  let text = ''
  for (const each of texts) {
    const unread = typeof each !== 'string'
    const start = text.length
    text += unread ? each.unread : each
    pieces.push({ start, end: text.length, statements: 1, script: false, left: [], unread })
  }
  return { file: aMigration({ name, text }), text, mode: 'transaction', pieces }
}

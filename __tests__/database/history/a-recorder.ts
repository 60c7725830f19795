import { readChain } from '../../../src/database/history/read-chain.js'
import { makeBookkeeping } from '../../../src/database/make-bookkeeping.js'
import { readTarget } from '../../../src/database/read-target.js'
import { takeLock } from '../../../src/database/take-lock.js'
import type { Bookkeeping } from '../../../src/model/bookkeeping.js'
import type { ChainRow, ChainVerdict, ChainWitness } from '../../../src/model/chain.js'
import type { Session } from '../../../src/model/session.js'
import type { Target } from '../../../src/model/target.js'
import type { Writer } from '../../../src/model/writer.js'
import { beginChain } from '../../../src/plan/check-chain.js'
import { aTarget } from '../../support/builders.js'
import { aSession, onlyLock, ours, sent } from '../a-session.js'

export const writer: Writer = {
  actor: 'octocat',
  environment: 'staging',
  project: 'shop',
  runUrl: 'https://github.com/acme/shop/actions/runs/42',
  runAttempt: 2,
  commitSha: '0123456789abcdef0123456789abcdef01234567',
  toolVersion: '0.1.0',
}

export const migration = {
  version: '01',
  name: '01_users.sql',
  checksum: 'sha256:ab',
  planHash: 'v1:sha256:cd',
}

const wanted = { schema: 'devflow', table: 'schema_migrations', configured: false }

/** A session that holds the lock of a target, as it was found and as it is once its tables are there. */
export interface Recorder extends AsyncDisposable {
  readonly session: Session
  readonly target: Target
  readonly books: Bookkeeping
  /** In a transaction of ours. */
  record(sql: string): Promise<void>
  /** The same target, read again, for another writer. */
  again(who?: Writer): Promise<{ readonly target: Target; readonly books: Bookkeeping }>
}

/** Makes the tables, or upgrades what is there, as the program does before it applies anything. */
export async function aRecorder(url: string, who: Writer = writer): Promise<Recorder> {
  const session = await aSession(url)
  const read = async (by: Writer) => {
    const { target, schemaExists } = await readTarget(session, aTarget(), wanted)
    return { target, books: makeBookkeeping(target, by, schemaExists) }
  }
  const found = await read(who)
  await takeLock(session, found.target, onlyLock)
  if (found.books.ensure) await sent(session, ours(found.books.ensure))
  return {
    session,
    ...(await read(who)),
    record: async (sql) => void (await sent(session, ours(sql))),
    again: (by = who) => read(by),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}

/** The whole history and what is beside it; throws where it can not be read. */
export async function readAll(
  session: Session,
  { tracking }: Pick<Target, 'tracking'>,
): Promise<{ readonly rows: ChainRow[]; readonly witness: ChainWitness; readonly verdict: ChainVerdict }> {
  const rows: ChainRow[] = []
  const check = beginChain()
  const witness = await readChain(session, tracking, (page) => {
    rows.push(...page)
    check.add(page)
  })
  if (witness === undefined || 'why' in witness) throw new Error(witness?.why ?? 'there is no chain')
  return { rows, witness, verdict: check.end(witness) }
}

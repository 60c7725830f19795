import { makeDoor } from '../../src/database/open-session.js'
import { sessionSettings } from '../../src/database/session-settings.js'
import type { Measured } from '../../src/model/measured.js'
import type { Rehearsed } from '../../src/model/outcome.js'
import type { Rehearsal } from '../../src/rehearsal/rehearsal.js'
import { rehearse } from '../../src/rehearsal/rehearse.js'
import { aRunnable } from '../executors/sql/a-work.js'

/** Files by name, rehearsed on a database as a target (the default) or a shadow. No tracking tables are made. */
export async function aRehearsal(
  url: string,
  files: Readonly<Record<string, string>>,
  overrides: Partial<Rehearsal> = {},
): Promise<Rehearsed[]> {
  const run = { actor: 'octocat', toolVersion: '0.1.0' }
  const door = await makeDoor(url, { databaseSource: 'the test', redact: (text) => text, run })
  await using session = await door.open(() => {})
  const timeouts = { lockMs: 0, statementMs: 0, idleInTransactionMs: 0, transactionMs: 0 }
  const settings = sessionSettings({ timeouts, run }, { serverMajor: 15, windows: false })
  const migrations = await Promise.all(Object.entries(files).map(([name, text]) => aRunnable(name, text)))
  return await rehearse({
    place: 'target',
    session,
    backend: session.processId,
    migrations,
    bookkeeping: { ensure: '', lockHeld: '' },
    settings,
    timeouts,
    lockMs: 1_000,
    statementMs: 30_000,
    together: false,
    redact: (text) => text,
    limit: (sentence) => {
      throw new Error(sentence)
    },
    observe: () => {},
    watch: {
      during: async (_backend, _lockMs, send) => ({ reply: await send(() => {}), blockers: [] }),
      rest: async () => {},
      [Symbol.asyncDispose]: async () => {},
    },
    lossIsFailure: true,
    signal: new AbortController().signal,
    ...overrides,
  })
}

/** All that was measured, of all files in order. */
export function measuredOf(rehearsal: readonly Rehearsed[]): Measured[] {
  const failed = rehearsal.find(({ failure }) => failure)
  if (failed) throw new Error(`${failed.name}: ${failed.failure?.message}`)
  return rehearsal.flatMap(({ measured = [] }) => measured)
}

/** What one statement did, in short: `books AccessExclusive+Share; rewrites books, books_pkey; scans books`. Without `public.`. */
export function inShort({ locks, rewritten, scanned, rows, created, dropped, heldBefore }: Measured): string {
  const words = [
    ...locks.map(({ relation, modes }) => `${relation} ${modes.join('+')}`),
    ...(rewritten.length > 0 ? [`rewrites ${rewritten.join(', ')}`] : []),
    ...(scanned.length > 0 ? [`scans ${scanned.join(', ')}`] : []),
    ...rows.map((one) => `${one.relation} +${one.inserted} ~${one.updated} -${one.deleted}`),
    ...created.map(({ type, name }) => `makes ${type} ${name}`),
    ...dropped.map(({ type, name, cascaded }) => `${cascaded ? 'takes' : 'drops'} ${type} ${name}`),
    ...heldBefore.map(({ relation, since }) => `holds ${relation} since ${since}`),
  ]
  return words.join('; ').replaceAll('public.', '')
}

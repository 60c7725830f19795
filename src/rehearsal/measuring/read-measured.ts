import type { Redact } from '../../model/config.js'
import type { LockStrength, Measured, MeasuredObject } from '../../model/measured.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Parser, Statement } from '../../sql/open-parser.js'
import { treeAs } from '../../sql/tree.js'
import { describeStatement } from './describe-statement.js'
import { isToast, type Known, keyOf, PG_CLASS } from './known.js'
import { knownLocks } from './known-locks.js'
import { listDropped } from './list-dropped.js'
import { listLocks } from './list-locks.js'
import { namedDrops } from './named-drops.js'
import type { Probe } from './probe.js'
import { compareNames, readWork, type Seen } from './read-work.js'
import type { LoggedRun } from './run-log.js'

/** What reading needs besides the log. */
export interface Reading {
  readonly known: Known
  /** How the relations were, where counts began before. */
  readonly before?: Probe
  readonly parser: Parser
  readonly redact: Redact
  /** All runs stand in one transaction, which keeps the locks of files before. */
  readonly oneTransaction: boolean
}

/**
 * What each statement did, by its migration. A probe tells how things are; what a statement did is what differs
 * from how they were before. Of relations made in the run nothing but the making is told.
 */
export function readMeasured(
  log: readonly LoggedRun[],
  reading: Reading,
): Map<RunnableMigration, Measured[]> {
  const found = new Map<RunnableMigration, Measured[]>()
  const world: World = {
    seen: new Map([...reading.known.relations.values()].map(({ id, file }) => [id, { file, ...NOTHING }])),
    earlier: new Map(),
    gone: new Set(),
    made: new Set(),
    renamed: new Map(),
  }
  for (const fact of reading.before?.relations ?? []) world.seen.set(fact.id, fact)
  for (const run of log) {
    const { migration } = run
    found.set(migration, [...(found.get(migration) ?? []), ...readRun(run, reading, world)])
  }
  return found
}

const NOTHING = { scans: 0, inserted: 0, updated: 0, deleted: 0 }

/** What is known of the database as the run goes on. */
interface World {
  readonly seen: Map<number, Seen>
  /** By relation, the locks that files before hold in the one transaction. */
  earlier: Map<number, ReadonlySet<LockStrength>>
  gone: Set<string>
  /** Objects that the run made, by type and name: what is made again in their place is no news. */
  readonly made: Set<string>
  /** What something is called now, and was before the run. */
  readonly renamed: Map<string, string>
}

/** What is known of the transaction that a run stands in. */
interface Transaction {
  readonly held: Map<number, ReadonlySet<LockStrength>>
  /** By relation, the statement that locked it against everybody. */
  readonly exclusive: Map<number, number>
}

function readRun(run: LoggedRun, reading: Reading, world: World): Measured[] {
  const before = { files: new Map(world.seen), gone: new Set(world.gone) }
  begin(run.opened, reading, world)
  const transaction = { held: new Map(world.earlier), exclusive: new Map<number, number>() }
  let last = run.opened
  const measured = run.statements.map(({ index, probe }) => {
    const one = readOne(run, index, last, probe, reading, world, transaction)
    last = probe
    return one
  })
  if (run.undone) undo(world, before)
  else if (reading.oneTransaction) world.earlier = transaction.held
  return measured
}

/** What is told before the first statement is nobody's doing that is measured: of our own SQL, or of a file in pieces. */
function begin(opened: Probe, { oneTransaction }: Reading, world: World): void {
  freshlyGone(opened, world.gone)
  for (const fact of opened.relations) if (world.seen.has(fact.id)) world.seen.set(fact.id, fact)
  if (!oneTransaction) return
  const held = new Map(world.earlier)
  for (const { id, modes } of opened.relations) held.set(id, new Set([...(held.get(id) ?? []), ...modes]))
  world.earlier = held
}

/** The files are as they were; what was counted stays counted. */
function undo(world: World, before: { files: ReadonlyMap<number, Seen>; gone: Set<string> }): void {
  world.gone = before.gone
  for (const [id, { file }] of before.files) {
    const now = world.seen.get(id)
    if (now) world.seen.set(id, { ...now, file })
  }
}

function readOne(
  run: LoggedRun,
  index: number,
  last: Probe,
  probe: Probe,
  reading: Reading,
  world: World,
  transaction: Transaction,
): Measured {
  const { known, parser, redact } = reading
  const { migration, alone } = run
  const statement = parseOne(run, index, parser, world)
  const heldBefore = [...transaction.exclusive]
    .map(([id, since]) => ({ relation: redact(known.relations.get(id)?.name ?? ''), since }))
    .sort((one, other) => compareNames(one.relation, other.relation))
  const assumed = alone || world.earlier.size > 0 ? knownLocks(known, statement) : []
  const locks = listLocks({
    known,
    probe,
    assumed,
    alone,
    ...transaction,
    earlier: world.earlier,
    statement: index + 1,
  })
  const work = readWork(known, probe, world.seen)
  const created = listCreated(probe, world.made)
  const fresh = freshlyGone(probe, world.gone)
  noteRenaming(statement, world.renamed)
  const dropped = listDropped(known, fresh, world.gone, namedDrops(statement, world.renamed))
  const isAgain = (one: MeasuredObject, others: readonly MeasuredObject[]) =>
    others.some(({ type, name }) => type === one.type && name === one.name)
  const rebuilt = dropped.filter((one) => one.type === 'index' && isAgain(one, created))
  return {
    ...describeStatement(migration, index, redact),
    durationMs: Math.max(0, Math.round((probe.begin - last.end) * 10) / 10),
    walBytes: Math.max(0, probe.wal - last.wal),
    locks: locks.map((lock) => ({ ...lock, relation: redact(lock.relation) })),
    rewritten: [...work.rewritten, ...rebuilt.map(({ name }) => name)].map(redact),
    scanned: work.scanned.map(redact),
    rows: work.rows.map((rows) => ({ ...rows, relation: redact(rows.relation) })),
    ...(last.isCounted && probe.isCounted ? {} : { uncounted: true as const }),
    created: created
      .filter((one) => !isAgain(one, dropped))
      .map((one) => ({ ...one, name: redact(one.name) })),
    dropped: dropped
      .filter((one) => !isAgain(one, created))
      .map((one) => ({ ...one, name: redact(one.name) })),
    heldBefore,
  }
}

/** Only where its tree tells what the server does not. */
function parseOne(
  { migration, alone }: LoggedRun,
  index: number,
  parser: Parser,
  world: World,
): Statement | undefined {
  const span = migration.statements?.[index]?.span
  if (!span) return undefined
  const text = migration.text.slice(span.start, span.end)
  if (!alone && world.earlier.size === 0 && !/drop|cascade|alter/i.test(text)) return undefined
  const parsed = parser.parse(text)
  return parsed.kind === 'statements' ? parsed.statements[0] : undefined
}

function noteRenaming(statement: Statement | undefined, renamed: Map<string, string>): void {
  const { relation, subname, newname } = (statement && treeAs(statement, 'RenameStmt')) ?? {}
  const before = subname ?? relation?.relname
  if (before !== undefined && newname !== undefined) renamed.set(newname, renamed.get(before) ?? before)
}

function listCreated({ created }: Probe, made: Set<string>): MeasuredObject[] {
  const inOrder = [...created].sort((one, other) => one.id - other.id)
  return inOrder.flatMap(({ type, name }) => {
    const key = `${type} ${name}`
    if (made.has(key) || isToast(name)) return []
    made.add(key)
    return [{ type, name }]
  })
}

function freshlyGone({ relations, gone, columns }: Probe, known: Set<string>): string[] {
  const keys = [
    ...relations.flatMap(({ id, file }) => (file === -1 ? [keyOf(PG_CLASS, id)] : [])),
    ...gone.map(({ catalog, id }) => keyOf(catalog, id)),
    ...columns.map(({ relation, column }) => keyOf(PG_CLASS, relation, column)),
  ].filter((key) => !known.has(key))
  for (const key of keys) known.add(key)
  return keys
}

import { compareContents } from '../backup/compare-contents.js'
import { asking, listTables, readContents } from '../backup/read-contents.js'
import { restoreForUse } from '../backup/restore-for-use.js'
import { openLibpq } from '../database/open-libpq.js'
import { makeDoor } from '../database/open-session.js'
import { schemaNowQuery } from '../database/schema/schema-now-query.js'
import { seenThrough } from '../database/seen-through.js'
import type { BackupManifest, Contents } from '../model/backup.js'
import type { Operation, OperationStep } from '../model/operation.js'
import type { Problem } from '../model/problem.js'
import { beginReading } from '../sql/begin-reading.js'
import { quoteIdentifier } from '../sql/identifier.js'
import { createDatabase, dropDatabase } from './backups/new-database.js'
import { type Restorable, readyToRestore } from './backups/ready-to-restore.js'
import { confirmOperation } from './recording/confirm-operation.js'
import type { Way } from './way.js'

type Part = 'create' | 'restore' | 'compare'

/**
 * Restores a backup into a new database, or one that nobody made anything in, in one transaction; then compares it with what
 * the backup recorded. Whatever stands against it is told before anything is written.
 */
export async function restore(run: Way): Promise<void> {
  const { config, gathered, system, known } = run
  const ready = await readyToRestore(run).catch(notAnswered)
  if ('refusals' in ready) {
    gathered.refusals = [...(gathered.refusals ?? []), ...ready.refusals.map((each) => redacted(run, each))]
    return
  }
  const name = config.backup.create ?? known.target.database
  const parts: Part[] = [
    ...(config.backup.create === undefined ? [] : (['create'] as const)),
    'restore',
    'compare',
  ]
  const show = (state: (index: number) => OperationStep['state'], more: Partial<Operation> = {}) => {
    gathered.operation = {
      steps: parts.map((part, index) => ({ what: whatOf(part, name, ready), state: state(index) })),
      ...more,
    }
  }
  show(() => 'planned')
  if (!(await confirmOperation(run))) return
  const reach = (part: Part) => show((index) => (index < parts.indexOf(part) ? 'done' : 'not-run'))
  reach(parts[0] ?? 'restore')
  system.observe({ kind: 'note', message: `Restoring ${ready.name} into ${name}.` })
  const failed = await carryOut(run, ready, name, reach)
  if (failed === undefined) show(() => 'done', tellDone(run, ready, name))
  else failAt(run, parts.indexOf(failed.part), failed)
}

function notAnswered(error: unknown): { readonly refusals: readonly Problem[] } {
  const why = error instanceof Error ? error.message : String(error)
  return {
    refusals: [{ message: `The server could not be asked what is there: ${why}.`, help: 'Run again.' }],
  }
}

function redacted({ config }: Way, { message, help }: Problem): Problem {
  return { message: config.redact(message), help: config.redact(help) }
}

function whatOf(part: Part, name: string, { manifest, name: file }: Restorable): string {
  const tables = Object.keys(manifest.contents.tables).length - manifest.withoutRows.length
  const words: Readonly<Record<Part, string>> = {
    create: `create the database ${name}`,
    restore: `restore ${file} into ${name}, in one transaction`,
    compare: `compare its schema, and the rows of ${tables} tables, with what the backup recorded`,
  }
  return words[part]
}

interface Failed {
  readonly part: Part
  readonly why: string
  readonly help: string
}

async function carryOut(
  run: Way,
  ready: Restorable,
  name: string,
  reach: (part: Part) => void,
): Promise<Failed | undefined> {
  const { create } = run.config.backup
  if (create !== undefined) {
    const why = await createDatabase(run, create, ready.manifest.locale)
    if (why !== undefined)
      return { part: 'create', why, help: 'Nothing was written. Mend that, and run again.' }
    reach('restore')
  }
  const why = await restoreInto(run, ready, name)
  if (why !== undefined) {
    const left = create === undefined ? undefined : await dropDatabase(run, create)
    const after =
      left === undefined ? 'Nothing of it is left.' : `The empty database ${name} is left: ${left}.`
    return { part: 'restore', why, help: `${after} Mend that, and run again.` }
  }
  reach('compare')
  const differences = await compare(run, ready.manifest, name)
  return differences.length === 0
    ? undefined
    : {
        part: 'compare',
        why: `the restored database is not what was backed up: ${differences.join('; ')}`,
        help: `Do not use ${name}. It is left as it is, to be looked at.`,
      }
}

async function restoreInto(
  run: Way,
  { manifest, path, programs }: Restorable,
  database: string,
): Promise<string | undefined> {
  const { config, door, known, signal } = run
  await using access = await openLibpq({ url: door.url, user: known.target.user, access: config, database })
  return await restoreForUse({ path, manifest, programs, access, database, signal })
}

async function compare(run: Way, manifest: BackupManifest, database: string): Promise<string[]> {
  try {
    const restored = await readRestored(run, manifest, database)
    return compareContents(manifest.contents, restored, {
      withoutRows: manifest.withoutRows,
      owners: true,
      leftOut: [
        ...['extension', 'subscription', ...(manifest.mode === 'full' ? [] : ['constraint'])],
        ...(isOtherMajor(run, manifest) ? kindsOf(manifest.contents, restored) : []),
      ],
    })
  } catch (error) {
    return [`it could not be read: ${error instanceof Error ? error.message : String(error)}`]
  }
}

/** It writes the same definitions in other words. */
function isOtherMajor({ known }: Way, { serverMajor }: BackupManifest): boolean {
  return known.target.serverMajor !== serverMajor
}

function kindsOf(...contents: readonly Contents[]): string[] {
  return contents.flatMap(({ schema }) => Object.keys(schema))
}

async function readRestored(
  { config, door, onNotice, known, system }: Way,
  manifest: BackupManifest,
  database: string,
): Promise<Contents> {
  const there = seenThrough(await makeDoor(door.url, config, { database }), {
    observe: system.observe,
    redact: config.redact,
  })
  await using session = await there.open(onNotice)
  const ask = asking(session)
  await ask(known.settings)
  await ask(beginReading('REPEATABLE READ'))
  const answers = await ask(schemaNowQuery({ tracking: manifest.tracking, schemas: [] }))
  return await readContents(ask, await listTables(ask), answers.at(-1)?.[0]?.[0] ?? '')
}

function failAt({ gathered, config }: Way, at: number, { why, help }: Failed): void {
  const { steps = [], ...rest } = gathered.operation ?? {}
  const failure = { code: 'restore-failed', message: config.redact(why), hint: help }
  const state = (index: number): OperationStep['state'] => (index < at ? 'done' : 'not-run')
  gathered.operation = {
    ...rest,
    steps: steps.map((step, index) =>
      index === at ? { ...step, state: 'failed', failure } : { ...step, state: state(index) },
    ),
  }
}

function tellDone(run: Way, { manifest }: Restorable, name: string): Partial<Operation> {
  const { known, config } = run
  const { database } = known.target
  const quoted = [database, name].map(quoteIdentifier)
  const rename = `rename ${database} (ALTER DATABASE ${quoted[0]} RENAME TO …;) and then ${name} to its name (ALTER DATABASE ${quoted[1]} RENAME TO ${quoted[0]};)`
  return {
    facts: {
      database: name,
      sha256: manifest.sha256,
      lsn: manifest.lsn,
      serverTime: manifest.serverTime,
      mode: manifest.mode,
    },
    next: [
      `What was written after ${manifest.serverTime} is not in ${name}.`,
      ...(manifest.mode === 'full' ? [] : [ONLY_TOUCHED]),
      ...(isOtherMajor(run, manifest) ? [NOT_COMPARED] : []),
      ...(config.backup.create === undefined
        ? [`To switch, point the applications at ${name}.`]
        : [`To switch, point the applications at ${name}; or, when nobody is connected, ${rename}.`]),
      'It remembers that it is a copy: the first run on it is refused, and prints what to give as move-target.',
    ],
  }
}

const NOT_COMPARED =
  'Its rows were compared, and its definitions were not: this version of PostgreSQL writes them otherwise.'

const ONLY_TOUCHED =
  'It has the rows of what was touched only, and no foreign keys: copy rows from it, and do not switch to it.'

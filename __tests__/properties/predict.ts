import type { Asked, Reading } from './command.js'
import type { Folder } from './edit-folder.js'
import type { Recorded, Seen } from './look.js'
import { type FileSpec, type Text, textOf } from './migration-text.js'

/** What becomes of a run that nothing disturbs. */
export interface Expected {
  readonly exitCode: 0 | 1
  /** Nothing at all may change in the database. */
  readonly untouched: boolean
  /** The versions that it completes, in order. */
  readonly completes: readonly string[]
  /** What its report says of each file that it plans to apply. */
  readonly states: Readonly<Record<string, string>>
  /** Everything in the folder is applied then, and nothing stands against it. */
  readonly ready: boolean
  /** Why, for whoever reads of a violation. */
  readonly because: string
}

/** What the documents say becomes of `migrate`, from the folder and what the database knows. */
export function predict(folder: Folder, seen: Seen, texts: readonly Text[], asked: Asked): Expected {
  const pending = folder.filter((file) => !isApplied(file, seen))
  const chosen = choose(pending, folder, asked)
  const refusal =
    refuseFolder(folder, seen, chosen, pending, asked) ??
    (chosen.length === 0 ? undefined : refuseFiles(chosen, seen, texts, asked))
  if (refusal !== undefined) return { ...NOTHING, exitCode: 1, because: refusal }
  if (chosen.length === 0)
    return { ...NOTHING, ready: pending.length === 0, because: 'nothing is to be done' }
  return apply(chosen, pending, asked)
}

/** The same for what only reads or rehearses. Undefined where the model has no opinion on the exit code. */
export function predictReading(
  command: Reading,
  folder: Folder,
  seen: Seen,
  texts: readonly Text[],
  asked: Asked,
): number | undefined {
  if (command === 'history') return 0
  if (command === 'validate') return undefined
  const whole = { ...asked, together: false }
  const pending = folder.filter((file) => !isApplied(file, seen))
  const chosen = choose(pending, folder, asked)
  const expected = predict(folder, seen, texts, { ...whole, rehearse: true })
  if (command === 'dry-run') return expected.untouched || failsRehearsal(chosen) ? expected.exitCode : 0
  const early = refuseFolder(folder, seen, chosen, pending, asked)
  if (command === 'plan' && chosen.length > 0) return early || refuseFiles(chosen, seen, texts, whole) ? 1 : 0
  if (command === 'verify') return early || pending.length > 0 || seen.invalidIndexes.length > 0 ? 1 : 0
  return early ? 1 : 0
}

const NOTHING: Expected = {
  exitCode: 0,
  untouched: true,
  completes: [],
  states: {},
  ready: false,
  because: '',
}

function isApplied({ version }: FileSpec, { records }: Seen): boolean {
  return records.some((record) => record.version === version && record.status === 'completed')
}

/** The files that a run is asked for, of those pending. */
function choose(pending: Folder, folder: Folder, { scope }: Asked): Folder {
  const version = scopeVersion(folder, scope)
  if (!scope || version === undefined) return pending
  return pending.filter((file) => (scope.by === 'to' ? file.version <= version : file.version === version))
}

/** Undefined where there is no file to name. */
export function scopeVersion(folder: Folder, scope: Asked['scope']): string | undefined {
  return scope && folder[scope.pick % Math.max(1, folder.length)]?.version
}

function refuseFolder(
  folder: Folder,
  seen: Seen,
  chosen: Folder,
  pending: Folder,
  { outOfOrder, scope }: Asked,
): string | undefined {
  const versions = folder.map(({ version }) => version)
  if (new Set(versions).size < versions.length) return 'a version is there twice'
  const completed = seen.records.filter(({ status }) => status === 'completed')
  if (completed.some((record) => hasDrifted(record, folder))) return 'an applied file is another now'
  const last = folder.findLastIndex((file) => isApplied(file, seen))
  if (!outOfOrder && chosen.some((file) => folder.indexOf(file) < last)) return 'a file is out of order'
  const jumps = scope?.by === 'version' && chosen[0] !== undefined && pending[0] !== chosen[0]
  if (!outOfOrder && jumps) return 'older files are pending'
  const begun = seen.records.find(
    (record) => isUnfinished(record) && !chosen.some(({ version }) => version === record.version),
  )
  return begun && `${begun.version} is begun and not part of the run`
}

function isUnfinished({ status }: Recorded): boolean {
  return ['running', 'partial', 'unknown'].includes(status)
}

function hasDrifted({ version, name, checksum }: Recorded, folder: Folder): boolean {
  return !folder
    .map(textOf)
    .some((text) => text.spec.version === version && text.name === name && text.checksum === checksum)
}

function refuseFiles(
  chosen: Folder,
  seen: Seen,
  texts: readonly Text[],
  { together }: Asked,
): string | undefined {
  if (chosen.some(({ fails }) => fails === 'syntax')) return 'a file can not be read'
  const alone = chosen.map(textOf).find(({ atomic }) => !atomic)
  if (together && alone) return `${alone.name} can not be part of one transaction`
  const lost = chosen.find((file) => !canGoOn(file, seen, texts))
  return lost && `${lost.version} was edited in what is done of it`
}

/** A file that an earlier run began goes on where its statements up to there are the same. */
function canGoOn(file: FileSpec, { records }: Seen, texts: readonly Text[]): boolean {
  const record = records.find(({ version }) => version === file.version)
  if (!record?.journal) return true
  const { done, started } = record.journal
  const running = started?.state === 'running'
  if (done === 0 && !running) return true
  const before = texts.find(
    ({ spec, checksum }) => spec.version === file.version && checksum === record.checksum,
  )
  const same = before?.spec.kind === file.kind && before.spec.revision === file.revision
  return same && (!running || textOf(file).effects.length > 0)
}

function apply(chosen: Folder, pending: Folder, { rehearse, together }: Asked): Expected {
  const versions = chosen.map(({ version }) => version)
  const failing = chosen.findIndex(({ fails }) => fails !== undefined)
  if (failing === -1) {
    const ready = chosen.length === pending.length
    return {
      exitCode: 0,
      untouched: false,
      completes: versions,
      states: statesOf(versions, () => 'applied'),
      ready,
      because: 'nothing is wrong with it',
    }
  }
  const file = chosen[failing] as FileSpec
  const failed = { exitCode: 1, untouched: false, ready: false, because: `${file.version} fails` } as const
  if (rehearse && failsRehearsal(chosen))
    return { ...failed, completes: [], states: statesOf(versions, () => 'not-run') }
  const before = together ? 'not-run' : 'applied'
  const itself = textOf(file).atomic ? 'failed' : 'partial'
  return {
    ...failed,
    completes: together ? [] : versions.slice(0, failing),
    states: statesOf(versions, (index) =>
      index < failing ? before : index === failing ? itself : 'not-run',
    ),
  }
}

/** What would let go of the run's lock is not sent in a rehearsal on a target, so that it shows only when it is applied. */
function failsRehearsal(chosen: Folder): boolean {
  return chosen.some(({ fails }) => fails !== undefined && fails !== 'unlocks')
}

function statesOf(
  versions: readonly string[],
  stateAt: (index: number) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(versions.map((version, index) => [version, stateAt(index)]))
}

import type { Edit } from './command.js'
import { isBegun, type Seen } from './look.js'
import type { FileSpec, Text } from './migration-text.js'
import { textOf } from './migration-text.js'

/** The files of a migrations folder, by version. */
export type Folder = readonly FileSpec[]

/** All that is known beside the folder itself. */
export interface Past {
  /** The folder after each edit, the oldest first. */
  readonly folders: readonly Folder[]
  readonly seen: Seen
  /** Every text that was ever in the folder. */
  readonly texts: readonly Text[]
}

/** The folder after an edit. Where there is nothing to edit, or no room for it, it stays as it is. */
export function editFolder(folder: Folder, edit: Edit, past: Past): Folder {
  const edited = edits(folder, edit, past)
  const names = edited.map((file) => textOf(file).name)
  return new Set(names).size < names.length ? folder : edited
}

function edits(folder: Folder, edit: Edit, past: Past): Folder {
  switch (edit.do) {
    case 'add':
      return place(folder, newFile(afterLast(folder, past), edit.kind, edit.fails))
    case 'insert':
      return insert(folder, edit, past)
    case 'checkout':
      return past.folders.at(-1 - edit.ago) ?? folder
    case 'restore':
      return restore(folder, past)
    case 'duplicate':
      return change(folder, edit.pick, (file) => [file, { ...file, word: `${file.word}_again` }])
    case 'delete':
      return change(folder, edit.pick, () => [])
    case 'mend':
      return change(folder, edit.pick, mended, ({ fails }) => fails !== undefined)
    case 'edit':
      return change(folder, edit.pick, (file) => [{ ...file, revision: nextRevision(file, past) }])
    case 'touch':
      return change(folder, edit.pick, (file) => [{ ...file, note: file.note + 1 }])
    case 'rename':
      return change(folder, edit.pick, (file) => [{ ...file, word: `${file.word}x` }])
    case 'break':
      return change(folder, edit.pick, (file) => [{ ...file, fails: edit.fails }])
  }
}

/** Nothing in it can fail, and all that the database knows is there as it knows it. */
export function mendFolder(folder: Folder, past: Past): Folder {
  return restore(folder, past).flatMap((file) => (isCompleted(file, past) ? file : mended(file)))
}

const mended = (file: FileSpec): FileSpec[] => [{ ...file, fails: undefined }]

function newFile(version: string, kind: FileSpec['kind'], fails: FileSpec['fails']): FileSpec {
  return { version, word: 'file', kind, revision: 0, note: 0, fails }
}

function place(folder: Folder, file: FileSpec): Folder {
  return [...folder, file].toSorted((a, b) => compare(textOf(a).name, textOf(b).name))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Behind all that ever was, so that what was deleted is not taken for it. */
function afterLast(folder: Folder, { texts }: Past): string {
  const known = [...folder, ...texts.map(({ spec }) => spec)].map(({ version }) => Number(version))
  return versionAt(Math.max(0, ...known) + 16)
}

function versionAt(number: number): string {
  return String(number).padStart(4, '0')
}

function insert(folder: Folder, { at, kind, fails }: Extract<Edit, { do: 'insert' }>, past: Past): Folder {
  const index = at % (folder.length + 1)
  const [low, high] = [folder[index - 1], folder[index]].map((file) => file && Number(file.version))
  const middle = high === undefined ? undefined : Math.floor(((low ?? 0) + high) / 2)
  const taken = (version: string) => past.texts.some(({ spec }) => spec.version === version)
  if (middle === undefined || middle === (low ?? 0) || taken(versionAt(middle))) return folder
  return place(folder, newFile(versionAt(middle), kind, fails))
}

function change(
  folder: Folder,
  pick: number,
  by: (file: FileSpec) => readonly FileSpec[],
  among: (file: FileSpec) => boolean = () => true,
): Folder {
  const candidates = folder.filter(among)
  const chosen = candidates[pick % Math.max(1, candidates.length)]
  return folder.flatMap((file) => (file === chosen ? by(file) : [file]))
}

function nextRevision({ version }: FileSpec, { texts }: Past): number {
  const known = texts.filter(({ spec }) => spec.version === version).map(({ spec }) => spec.revision)
  return Math.max(0, ...known) + 1
}

function isCompleted({ version }: FileSpec, { seen }: Past): boolean {
  return seen.records.some((record) => record.version === version && record.status === 'completed')
}

function restore(folder: Folder, { seen, texts }: Past): Folder {
  const known = seen.records.filter((record) => record.status === 'completed' || isBegun(record))
  const files = known.flatMap(({ version, name, checksum }) => {
    const text = texts.find((each) => each.spec.version === version && each.checksum === checksum)
    return text ? [{ ...text.spec, word: name.slice(version.length + 1, -'.sql'.length) }] : []
  })
  const others = folder.filter(
    (file, index) =>
      !known.some(({ version }) => version === file.version) &&
      folder.findIndex(({ version }) => version === file.version) === index,
  )
  return [...files, ...others].reduce<Folder>(place, [])
}

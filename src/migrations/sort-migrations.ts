import type { MigrationFile } from '../model/migration.js'
import { versionKey } from '../model/version.js'
import { findCycles } from './find-cycles.js'
import { inOrder } from './in-order.js'
import type { Need } from './parse-head.js'
import { makeResolver } from './resolve-need.js'
import { compareBytes, compareKeys } from './version-order.js'

/** A file with what it says it needs, not looked up yet. */
export interface Candidate {
  readonly file: MigrationFile
  readonly needs: readonly Need[]
}

/** Something wrong with what a file says it needs. */
export interface NeedMistake {
  readonly rule: 'missing-dependency' | 'ambiguous-dependency' | 'circular-dependency' | 'late-dependency'
  readonly file: MigrationFile
  readonly need: Need
  readonly message: string
  readonly help: string
}

export interface Sorted {
  /** All of them, `dependsOn` filled. */
  readonly files: readonly MigrationFile[]
  readonly mistakes: readonly NeedMistake[]
}

/**
 * Puts files into the order they are applied in: what a file needs comes before it; apart from that by version, then by
 * the bytes of the name. Files in a circle, and those that need them, come last.
 */
export function sortMigrations(candidates: readonly Candidate[]): Sorted {
  const sorted = candidates
    .map(({ file, needs }) => ({ file, needs, key: versionKey(file.version) }))
    .sort((a, b) => compareKeys(a.key, b.key) || compareBytes(a.file.name, b.file.name))
  const files = sorted.map(({ file }) => file)
  // Nearly always.
  if (sorted.every(({ needs }) => needs.length === 0)) return { files, mistakes: [] }
  const resolve = makeResolver(files)
  const lookups = sorted.map(({ needs }) => needs.map((need) => ({ need, found: resolve(need.reference) })))
  const needed = lookups.map((each) => [
    ...new Set(each.flatMap(({ found }) => (found.length === 1 ? found : []))),
  ])
  const mistakes = files.flatMap((file, index) =>
    (lookups[index] ?? []).flatMap(({ need, found }) => unresolved(file, need, found, files)),
  )
  const circles = findCycles(needed).flatMap((cycle) => circular(cycle, files, lookups))
  // In a circle everything needs something later.
  const lates = circles.length > 0 ? [] : files.flatMap((_, index) => late(index, lookups, files))
  return {
    files: inOrder(needed).flatMap((index) => withNeeds(files, index, needed[index] ?? [])),
    mistakes: [...mistakes, ...circles, ...lates],
  }
}

interface Lookup {
  readonly need: Need
  readonly found: readonly number[]
}

function unresolved(
  file: MigrationFile,
  need: Need,
  found: readonly number[],
  files: readonly MigrationFile[],
): NeedMistake[] {
  if (found.length === 0) return [missing(file, need)]
  return found.length > 1
    ? [
        ambiguous(
          file,
          need,
          found.flatMap((index) => files[index]?.name ?? []),
        ),
      ]
    : []
}

/** @param index the place by version */
function late(
  index: number,
  lookups: readonly (readonly Lookup[])[],
  files: readonly MigrationFile[],
): NeedMistake[] {
  return (lookups[index] ?? []).flatMap(({ need, found }) => {
    const [file, later] = [files[index], files[found[0] ?? index]]
    if (found.length !== 1 || (found[0] ?? index) <= index || !file || !later) return []
    return [
      {
        rule: 'late-dependency',
        file,
        need,
        message: `${file.name} → ${later.name}: it is applied after a file of a later version, because it needs it.`,
        help: 'Where people expect the order of versions, give it a version after that file, as long as it is applied nowhere.',
      },
    ]
  })
}

function missing(file: MigrationFile, need: Need): NeedMistake {
  return {
    rule: 'missing-dependency',
    file,
    need,
    message: `${file.name} → ${need.reference}: there is no such migration.`,
    help: 'Write the file name (with or without .sql) or the version of a migration in this folder, or "None".',
  }
}

function ambiguous(file: MigrationFile, need: Need, names: readonly string[]): NeedMistake {
  return {
    rule: 'ambiguous-dependency',
    file,
    need,
    message: `${file.name} → ${need.reference}: that is ${names.join(' or ')}.`,
    help: 'Write the full name of the file that is meant.',
  }
}

function circular(
  cycle: readonly number[],
  files: readonly MigrationFile[],
  lookups: readonly (readonly Lookup[])[],
): NeedMistake[] {
  const [first = 0, second = first] = cycle
  const file = files[first]
  const need = lookups[first]?.find(({ found }) => found.length === 1 && found[0] === second)?.need
  if (file === undefined || need === undefined) return []
  const path = [...cycle, first].map((index) => files[index]?.name ?? '').join(' → ')
  return [
    {
      rule: 'circular-dependency',
      file,
      need,
      message: `${path}: these migrations wait for one another.`,
      help: 'Remove the dependency that is not real, or move what both need into a migration of its own.',
    },
  ]
}

function withNeeds(
  files: readonly MigrationFile[],
  index: number,
  needed: readonly number[],
): MigrationFile[] {
  const file = files[index]
  return file ? [{ ...file, dependsOn: needed.flatMap((each) => files[each]?.version ?? []) }] : []
}

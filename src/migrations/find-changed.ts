import type { Strictness } from '../model/config.js'
import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import { versionKey } from '../model/version.js'
import { blobIds } from './blob-ids.js'
import type { BaseFile } from './find-added-out-of-order.js'
import type { Before } from './load-edited.js'
import { place } from './make-candidate.js'

/** What became of the files that the base has. */
export interface Compared {
  readonly edited: ReadonlyMap<MigrationFile, Before>
  /** On the base, and on the disk no more. */
  readonly gone: readonly BaseFile[]
  /** Files that the base does not have. */
  readonly added: readonly MigrationFile[]
  readonly checkout: { readonly ref: string; readonly mergeBase: string; readonly prefix: string }
  readonly pathOf: (name: string) => string
}

export interface Changed {
  readonly findings: readonly Finding[]
  /** Files that are one of the base under another name. */
  readonly renamed: ReadonlySet<MigrationFile>
}

/**
 * Drift before it happens: what the base has is applied somewhere, or will be before this is merged, and a file that is
 * applied must stay as it is.
 */
export function findChanged(compared: Compared, strictness: Strictness): Changed {
  const movedTo = makeMoved(compared)
  const moves = new Map(compared.gone.map((old) => [old, movedTo(old)]))
  const renamed = new Set([...moves.values()].filter((file) => file !== undefined))
  if (strictness === 'off') return { findings: [], renamed }
  const severity = strictness === 'error' ? 'error' : 'warning'
  const findings = [
    ...[...compared.edited].map(([file, before]) => edited(file, before, compared)),
    ...[...moves].map(([old, file]) => (file ? moved(old, file, compared) : deleted(old, compared))),
  ]
  return { findings: findings.map((finding) => ({ ...RULE, severity, ...finding })), renamed }
}

const RULE = { rule: 'changed-since-base' } as const

type Told = Omit<Finding, 'rule' | 'severity'>

/** The version decides what is applied; a file of another version with the same content was moved. */
function makeMoved({ gone, added }: Compared): (old: BaseFile) => MigrationFile | undefined {
  const byVersion = new Map(added.map((file) => [versionKey(file.version), file]))
  const ids =
    gone[0] === undefined ? [] : added.map((file) => [file, blobIds(file.text, gone[0]?.id ?? '')] as const)
  const byId = new Map(ids.flatMap(([file, each]) => each.map((id) => [id, file])))
  return (old) => byVersion.get(versionKey(old.version)) ?? byId.get(old.id)
}

function edited(file: MigrationFile, before: Before, { checkout }: Compared): Told {
  return {
    ...place(file, firstDifference(file.text, before.text)),
    message: `${file.name} is on the base ${checkout.ref}, and was edited.`,
    help: `Put it back, and write the change into a new migration: ${restore(file.name, checkout)}. Where it is applied already, every later run stops for its checksum.`,
  }
}

function moved(old: BaseFile, file: MigrationFile, { checkout }: Compared): Told {
  const again =
    versionKey(old.version) === versionKey(file.version)
      ? 'Where it is applied already, every later run stops for its name.'
      : 'Where it is applied already, it would be applied again under its new version.'
  return {
    file: file.path,
    message: `${old.name} is on the base ${checkout.ref}, and was renamed to ${file.name}.`,
    help: `Give it its old name. ${again}`,
  }
}

function deleted(old: BaseFile, { checkout, pathOf }: Compared): Told {
  return {
    file: pathOf(old.name),
    message: `${old.name} is on the base ${checkout.ref}, and was deleted.`,
    help: `Put it back, and write a new migration that undoes it: ${restore(old.name, checkout)}. Where it is applied already, every later run stops for the missing file.`,
  }
}

function restore(name: string, { mergeBase, prefix }: Compared['checkout']): string {
  const path = `${prefix}${name}`
  // Other names would need quotes that differ from shell to shell.
  return /^[\w./-]+$/.test(path)
    ? `git checkout ${mergeBase.slice(0, 12)} -- :/${path}`
    : `git checkout ${mergeBase.slice(0, 12)} with its path`
}

/** The first line that is another than before; all of the file where that is not known. */
function firstDifference(text: string, before: string | undefined): MigrationFile['up'] {
  if (before === undefined) return { start: 0, end: 0 }
  const old = before.split('\n')
  let start = 0
  for (const [index, line] of text.split('\n').entries()) {
    const end = start + line.length
    if (withoutReturn(line) !== withoutReturn(old[index]) || end === text.length)
      return { start, end: start + line.trimEnd().length }
    start = end + 1
  }
  return { start: 0, end: 0 }
}

function withoutReturn(line: string | undefined): string | undefined {
  return line?.replace(/\r$/, '')
}

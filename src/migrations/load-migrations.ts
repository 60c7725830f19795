import { lstat, realpath } from 'node:fs/promises'
import { sep } from 'node:path'
import type { Config } from '../model/config.js'
import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import type { Pause } from '../model/pause.js'
import { UserError } from '../model/user-error.js'
import { findGaps } from './find-gaps.js'
import { findNameConflicts, type Named } from './find-name-conflicts.js'
import { makeExcluder } from './glob.js'
import { loadFile } from './load-file.js'
import { type Folder, loadFolder, MOST_ENTRIES } from './load-folder.js'
import { makingCandidate, place } from './make-candidate.js'
import { parseName } from './parse-name.js'
import { makePathOf } from './path-of.js'
import { refuseEntry } from './refuse-entry.js'
import { refuseName } from './refuse-name.js'
import { type Candidate, type NeedMistake, sortMigrations } from './sort-migrations.js'

export interface LoadedMigrations {
  /** In the order they are applied in. Files that were refused are missing: with an `error` found, nothing may run. */
  readonly files: readonly MigrationFile[]
  readonly findings: readonly Finding[]
}

/**
 * Reads the migrations folder. Whatever is wrong with files in it is a finding, all of them at once.
 *
 * @param pause large files, and many, take a while
 * @throws UserError where there is no such folder
 */
export async function loadMigrations(
  config: Pick<Config, 'directory' | 'boundary' | 'base' | 'exclude'> & Partial<Pick<Config, 'gaps'>>,
  pause: Pause = () => undefined,
): Promise<LoadedMigrations> {
  const root = await checkFolder(config)
  if (typeof root !== 'string') return { files: [], findings: [root] }
  const pathOf = makePathOf(config)
  const folder = await loadFolder(root, makeExcluder(config.exclude))
  const named = folder.names.toSorted().map((name) => ({ name, parsed: parseName(name) }))
  const loaded: Loaded[] = []
  for (const one of named) {
    const work = loadOne(root, one, pathOf(one.name))
    for (let step = work.next(); ; step = work.next()) {
      const waiting = pause()
      if (waiting) await waiting
      if (!step.done) continue
      loaded.push(step.value)
      break
    }
  }
  const candidates = loaded.flatMap(({ candidate }) => candidate ?? NONE)
  const sorted = sortMigrations(candidates)
  const findings = [
    ...folderFindings(folder, pathOf),
    ...loaded.flatMap((one) => one.findings),
    ...findNameConflicts(named, pathOf),
    ...sorted.mistakes.map(needFinding),
    ...findGaps(sorted.files, config.gaps ?? 'off'),
  ]
  if (sorted.files.length === 0 && findings.length === 0) findings.push(emptyFolder(pathOf('')))
  return { files: sorted.files, findings }
}

// The folder without links in its path, or why nothing in it is read.
async function checkFolder({
  directory,
  boundary,
}: Pick<Config, 'directory' | 'boundary'>): Promise<string | Finding> {
  const status = await lstat(directory).catch((error: NodeJS.ErrnoException) => error.code ?? 'unknown')
  if (typeof status === 'string')
    throw noFolder(directory, status === 'ENOENT' ? 'does not exist' : `can not be read (${status})`)
  if (status.isSymbolicLink()) {
    return folderFinding(
      'symlink',
      `The migrations folder ${directory} is a symbolic link.`,
      'Name the folder that it leads to.',
    )
  }
  if (!status.isDirectory()) throw noFolder(directory, 'is no folder')
  const [root, limit] = await Promise.all([realpath(directory), realpath(boundary)])
  if (root === limit || root.startsWith(limit.endsWith(sep) ? limit : limit + sep)) return root
  return folderFinding(
    'outside-boundary',
    `The migrations folder ${directory} leads to ${root}, outside ${limit}, and nothing outside is read.`,
    'Use a folder inside; a symbolic link does not make another one part of it.',
  )
}

function noFolder(directory: string, what: string): UserError {
  return new UserError([
    {
      message: `The migrations folder ${directory} ${what}.`,
      help: 'Name another with `directory`, or create it.',
    },
  ])
}

function folderFinding(rule: string, message: string, help: string): Finding {
  return { rule, severity: 'error', message, help }
}

interface Loaded {
  readonly candidate?: Candidate
  readonly findings: readonly Finding[]
}

const NONE: readonly Candidate[] = []

function* loadOne(root: string, { name, parsed }: Named, path: string): Generator<undefined, Loaded> {
  if (parsed.kind === 'down') return { findings: [] }
  if (parsed.kind !== 'up') return { findings: [refuseName(name, path, parsed)] }
  // The name was put together from what the folder holds: there is nothing to normalise.
  const file = loadFile(`${root}/${name}`)
  return file.kind === 'read'
    ? yield* makingCandidate({ name, path, version: parsed.version, style: parsed.style }, file.bytes)
    : { findings: [refuseEntry(path, file)] }
}

function folderFindings({ refused, tooMany }: Folder, pathOf: (name: string) => string): Finding[] {
  const entries = refused.map(({ name, why }) => refuseEntry(pathOf(name), why))
  if (!tooMany) return entries
  const message = `The migrations folder holds more than ${MOST_ENTRIES.toLocaleString('en')} entries.`
  return [
    ...entries,
    folderFinding('too-many-entries', message, 'Name the folder that holds the migrations only.'),
  ]
}

function needFinding({ rule, file, need, message, help }: NeedMistake): Finding {
  const severity = rule === 'late-dependency' ? 'notice' : 'error'
  return { rule, severity, ...place(file, need.span), message, help }
}

function emptyFolder(path: string): Finding {
  return {
    rule: 'empty-folder',
    severity: 'warning',
    message: `The migrations folder ${path || '.'} holds no migration.`,
    help: 'Nothing is applied. Is it the right folder?',
  }
}

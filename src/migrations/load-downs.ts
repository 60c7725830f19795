import { realpath } from 'node:fs/promises'
import type { Config } from '../model/config.js'
import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import { versionKey } from '../model/version.js'
import { findNoStatement } from './find-no-statement.js'
import { makeExcluder } from './glob.js'
import { loadFile } from './load-file.js'
import { loadFolder } from './load-folder.js'
import { makeCandidate } from './make-candidate.js'
import { makeDownSection } from './make-down-section.js'
import { parseHead } from './parse-head.js'
import { parseName } from './parse-name.js'
import { makePathOf } from './path-of.js'
import { refuseEntry } from './refuse-entry.js'

/** What undoes migrations, by `versionKey`. */
export interface LoadedDowns {
  /** Each as a file of its own: with the version of the migration, its own name, and its own checksum. None is empty. */
  readonly downs: ReadonlyMap<string, MigrationFile>
  readonly findings: readonly Finding[]
}

/**
 * Finds the down parts of the migrations in a folder: a section of the file itself, or a file beside it (`.down.sql`,
 * `.undo.sql`, `U1__name.sql`, `down.sql` in its folder).
 *
 * @param files the migrations as they were loaded; the folder was found to be one that may be read
 */
export async function loadDowns(
  config: Pick<Config, 'directory' | 'boundary' | 'base' | 'exclude'>,
  files: readonly MigrationFile[],
): Promise<LoadedDowns> {
  const beside = await loadBeside(config)
  const within = files.flatMap((file) => makeDownSection(file) ?? [])
  const downs = new Map<string, MigrationFile>()
  const findings = [...beside.findings]
  for (const down of [...within, ...beside.files]) {
    if (findNoStatement(down).length > 0) continue
    const key = versionKey(down.version)
    const other = downs.get(key)
    if (other) findings.push(twice(down, other))
    else downs.set(key, down)
  }
  return { downs, findings }
}

async function loadBeside(
  config: Pick<Config, 'directory' | 'boundary' | 'base' | 'exclude'>,
): Promise<{ readonly files: readonly MigrationFile[]; readonly findings: readonly Finding[] }> {
  const root = await realpath(config.directory)
  const pathOf = makePathOf(config)
  const { names } = await loadFolder(root, makeExcluder(config.exclude))
  const loaded = names.toSorted().flatMap((name) => {
    const parsed = parseName(name)
    if (parsed.kind !== 'down' || parsed.version === undefined) return []
    const path = pathOf(name)
    const file = loadFile(`${root}/${name}`)
    if (file.kind !== 'read') return [{ findings: [refuseEntry(path, file)] }]
    return [makeCandidate({ name, path, version: parsed.version, style: 'number' }, file.bytes)]
  })
  return {
    files: loaded.flatMap((one) =>
      'candidate' in one && one.candidate ? [asWhole(one.candidate.file)] : [],
    ),
    findings: loaded.flatMap(({ findings }) => findings.filter(({ rule }) => !OF_SECTIONS.includes(rule))),
  }
}

/** A mark of a down part in a file that is one as a whole begins nothing. */
function asWhole(file: MigrationFile): MigrationFile {
  const { text, up } = file
  if (up.end === text.length) return file
  return { ...file, up: { start: 0, end: text.length }, directives: parseHead(text).directives }
}

/** What only a file with an up part can get wrong. */
const OF_SECTIONS: readonly string[] = ['no-statement', 'down-before-up']

function twice(down: MigrationFile, other: MigrationFile): Finding {
  return {
    rule: 'two-downs',
    severity: 'error',
    file: down.path,
    message: `${down.name} and ${other.name} both undo version ${down.version}: which of them is right can not be told.`,
    help: 'Keep one of them.',
  }
}

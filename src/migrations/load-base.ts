import { lstat, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../model/config.js'
import type { Finding } from '../model/finding.js'
import { isRepeatable } from '../model/is-repeatable.js'
import type { Since } from '../model/judging.js'
import type { MigrationFile } from '../model/migration.js'
import type { Problem } from '../model/problem.js'
import { UserError } from '../model/user-error.js'
import { type BaseFile, findAddedOutOfOrder } from './find-added-out-of-order.js'
import { findChanged } from './find-changed.js'
import { makeExcluder } from './glob.js'
import { type Checkout, loadCheckout } from './load-checkout.js'
import { loadEdited } from './load-edited.js'
import { loadGit } from './load-git.js'
import { parseName } from './parse-name.js'
import { parseTree } from './parse-tree.js'
import { makePathOf } from './path-of.js'

/** What the base says about the files. */
export interface Base {
  /** Files that the base does not have: what is judged. Absent: there is nothing to compare with. */
  readonly added?: readonly MigrationFile[]
  readonly findings: readonly Finding[]
  readonly notes: readonly string[]
}

type Asked = Pick<Config, 'directory' | 'base' | 'exclude' | 'changed' | 'allowOutOfOrder' | 'judging'>

/**
 * Compares the files with those of the base, where there is one. Only git's own objects are read, so no filter of the
 * repository runs, and line ends make no difference.
 *
 * @param files in the order they are applied in
 * @throws UserError where the base was asked for and is not to be had
 */
export async function loadBase(config: Asked, files: readonly MigrationFile[]): Promise<Base> {
  const { since } = config.judging
  if (since === undefined) return NOTHING
  const root = await realpath(config.directory)
  const checkout = await loadCheckout(root, since.ref)
  if (checkout === undefined) {
    const note = `There is no git checkout here, or no git, so the files are not compared with ${since.ref}.`
    return { findings: [], notes: since.asked ? [note] : [] }
  }
  return 'help' in checkout ? refuse(since, checkout) : compare(config, since, root, checkout, files)
}

/** Nobody who did not ask for it is stopped. */
function refuse({ asked }: Since, problem: Problem): Base {
  if (asked) throw new UserError([problem])
  const message = `${problem.message} So nothing tells what this pull request changes, and every file is judged.`
  const finding: Finding = { rule: 'base-unknown', severity: 'warning', message, help: problem.help }
  return { findings: [finding], notes: [] }
}

const NOTHING: Base = { findings: [], notes: [] }

async function compare(
  config: Asked,
  since: Since,
  root: string,
  checkout: Checkout,
  files: readonly MigrationFile[],
): Promise<Base> {
  const [old, now] = await Promise.all(
    [checkout.mergeBase, checkout.tip].map((commit) => loadNames(config, root, checkout, commit)),
  )
  if (old === undefined || now === undefined) return refuse(since, NO_TREES)
  const versioned = files.filter((file) => !isRepeatable(file))
  const pairs = files.flatMap((file) => {
    const before = old.get(spell(file.name))
    return before ? [{ file, id: before.id }] : []
  })
  const all = await loadEdited(root, pairs)
  // Repeatable files are there to be edited, and run again then.
  const edited = new Map([...all].filter(([file]) => !isRepeatable(file)))
  const isNew = ({ name }: MigrationFile) => !old.has(spell(name)) && !now.has(spell(name))
  const added = versioned.filter(isNew)
  const again = files.filter((file) => isRepeatable(file) && (isNew(file) || all.has(file)))
  const names = new Set(files.map(({ name }) => spell(name)))
  const gone = await absent(
    root,
    [...old].flatMap(([name, file]) => (names.has(name) || isRepeatable(file) ? [] : [file])),
  )
  const changed = findChanged({ edited, gone, added, checkout, pathOf: makePathOf(config) }, config.changed)
  const later = [...now].flatMap(([name, file]) =>
    names.has(name) || old.has(name) || isRepeatable(file) ? [] : [file],
  )
  const fresh = added.filter((file) => !changed.renamed.has(file))
  // A new name is not on the base, so nothing sorts before it there.
  const named = versioned.filter((file) => !changed.renamed.has(file))
  const misplaced = config.allowOutOfOrder ? [] : findAddedOutOfOrder(named, fresh, later, checkout.ref)
  return { added: [...fresh, ...again], findings: [...changed.findings, ...misplaced], notes: [] }
}

const NO_TREES: Problem = {
  message: 'git can not list the files of the base: this clone does not hold them.',
  help: 'Clone without a filter such as tree:0.',
}

/** Accents are spelt in two ways, by macOS in the other. */
function spell(name: string): string {
  return name.normalize('NFC')
}

/** The migrations in a commit by name. */
async function loadNames(
  { exclude }: Asked,
  root: string,
  { prefix }: Checkout,
  commit: string,
): Promise<ReadonlyMap<string, BaseFile> | undefined> {
  const folder = prefix === '' ? [] : ['--', prefix]
  const reply = await loadGit(root, ['ls-tree', '-r', '-z', '--full-tree', commit, ...folder])
  if (reply?.code !== 0) return undefined
  const isExcluded = makeExcluder(exclude)
  const found = parseTree(reply.stdout).flatMap(({ id, path }) => {
    const name = path.slice(prefix.length)
    const parsed = parseName(name)
    const above = name.includes('/') ? [name.slice(0, name.indexOf('/'))] : []
    return parsed.kind === 'up' && ![...above, name].some(isExcluded)
      ? [{ id, name, version: parsed.version }]
      : []
  })
  return new Map(found.map((file) => [spell(file.name), file]))
}

/** Those that are not on the disk: one that is there and was refused has a finding of its own. */
async function absent(root: string, files: readonly BaseFile[]): Promise<BaseFile[]> {
  const there = await Promise.all(files.map(({ name }) => lstat(join(root, name)).then(Boolean, () => false)))
  return files.filter((_, index) => !there[index])
}

import type { Finding } from '../model/finding.js'
import { versionKey } from '../model/version.js'
import { parseName } from './parse-name.js'
import { compareBytes } from './version-order.js'

/**
 * What is wrong with names only beside other names: one version twice, names that are one file on a disk that ignores
 * case (macOS, Windows), more than one naming style. One finding for each file that is not the first of its kind.
 *
 * @param pathOf the path for findings
 */
export function findNameConflicts(names: readonly string[], pathOf: (name: string) => string): Finding[] {
  const sorted = names.toSorted(compareBytes)
  const ups = sorted.flatMap((name) => {
    const parsed = parseName(name)
    return parsed.kind === 'up' ? [{ name, ...parsed }] : []
  })
  const versions = ups.map(({ name, version }) => ({ name, key: versionKey(version) }))
  const spellings = sorted.map((name) => ({ name, key: name.normalize('NFC').toLowerCase() }))
  return [
    ...repeated(versions).map(([first, name]) => sameVersion(first, name, pathOf(name))),
    ...repeated(spellings).map(([first, name]) => sameSpelling(first, name, pathOf(name))),
    ...mixedStyles(ups, pathOf),
  ]
}

interface Keyed {
  readonly name: string
  readonly key: string
}

// Each name whose key was there before, with the name that had it first.
function repeated(keyed: readonly Keyed[]): [first: string, name: string][] {
  const firsts = new Map<string, string>()
  return keyed.flatMap(({ name, key }) => {
    const first = firsts.get(key)
    if (first === undefined) firsts.set(key, name)
    return first === undefined ? [] : [[first, name] satisfies [string, string]]
  })
}

function sameVersion(first: string, name: string, file: string): Finding {
  return {
    rule: 'duplicate-version',
    severity: 'error',
    file,
    message: `${name} has the same version as ${first}: only one of them would ever be applied.`,
    help: 'Give the newer one, which has been applied nowhere, a version of its own.',
  }
}

function sameSpelling(first: string, name: string, file: string): Finding {
  return {
    rule: 'case-collision',
    severity: 'error',
    file,
    message: `${name} and ${first} are one file on a disk that ignores case or the spelling of accents.`,
    help: 'Rename one of them.',
  }
}

function mixedStyles(
  ups: readonly { readonly name: string; readonly family: string }[],
  pathOf: (name: string) => string,
): Finding[] {
  const families = new Set(ups.map(({ family }) => family))
  const groups = [...families].map((family) => ups.filter((up) => up.family === family))
  const [usual, ...others] = groups.toSorted((a, b) => b.length - a.length)
  return others.flat().map(({ name }) => ({
    rule: 'mixed-styles',
    severity: 'error',
    file: pathOf(name),
    message: `${name} is named in another style than ${usual?.[0]?.name ?? 'the others'}: their order would be a guess.`,
    help: 'Use one style in a folder, or exclude the file.',
  }))
}

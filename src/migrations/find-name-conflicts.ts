import type { Finding } from '../model/finding.js'
import { isRepeatable } from '../model/is-repeatable.js'
import { versionKey } from '../model/version.js'
import type { ParsedName } from './parse-name.js'
import { compareBytes } from './version-order.js'

/**
 * What is wrong with names only beside other names: one version twice, names that are one file on a disk that ignores
 * case (macOS, Windows), more than one naming style. One finding for each file that is not the first of its kind.
 *
 * @param named in any order
 * @param pathOf the path for findings
 */
export function findNameConflicts(named: readonly Named[], pathOf: (name: string) => string): Finding[] {
  const sorted = named.toSorted((a, b) => compareBytes(a.name, b.name))
  const ups = sorted.flatMap(({ name, parsed }) => (parsed.kind === 'up' ? { name, parsed } : NONE))
  return [
    ...repeated(ups, ({ parsed }) => versionKey(parsed.version)).map(([first, name]) =>
      sameVersion(first, name, pathOf(name)),
    ),
    ...repeated(sorted, ({ name }) => name.normalize('NFC').toLowerCase()).map(([first, name]) =>
      sameSpelling(first, name, pathOf(name)),
    ),
    // What is run again whenever it changes has no place among the versions.
    ...mixedStyles(
      ups.filter(({ parsed }) => !isRepeatable(parsed)),
      pathOf,
    ),
  ]
}

/** A `.sql` file's name and what it says. */
export interface Named {
  readonly name: string
  readonly parsed: ParsedName
}

interface Up {
  readonly name: string
  readonly parsed: Extract<ParsedName, { kind: 'up' }>
}

const NONE: readonly Up[] = []

// Each name whose key was there before, with the name that had it first.
function repeated<T extends { readonly name: string }>(
  all: readonly T[],
  keyOf: (one: T) => string,
): [first: string, name: string][] {
  const firsts = new Map<string, string>()
  const again: [first: string, name: string][] = []
  for (const one of all) {
    const key = keyOf(one)
    const first = firsts.get(key)
    if (first === undefined) firsts.set(key, one.name)
    else again.push([first, one.name])
  }
  return again
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

function mixedStyles(ups: readonly Up[], pathOf: (name: string) => string): Finding[] {
  const families = new Set(ups.map(({ parsed }) => parsed.family))
  if (families.size <= 1) return []
  const groups = [...families].map((family) => ups.filter(({ parsed }) => parsed.family === family))
  const [usual, ...others] = groups.toSorted((a, b) => b.length - a.length)
  return others.flat().map(({ name }) => ({
    rule: 'mixed-styles',
    severity: 'error',
    file: pathOf(name),
    message: `${name} is named in another style than ${usual?.[0]?.name ?? 'the others'}: their order would be a guess.`,
    help: 'Use one style in a folder, or exclude the file.',
  }))
}

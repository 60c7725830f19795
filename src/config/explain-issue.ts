import type { core } from 'zod'
import { docsPage } from '../model/docs-page.js'
import { didYouMean } from './did-you-mean.js'
import { firstAtEachPath } from './first-at-each-path.js'
import type { PlacedProblem, YamlFile } from './parse-yaml.js'
import { showValue } from './show-value.js'

/** A mistake the schema found, as one problem for each key or value, with its place, the value seen and what is allowed. */
export function explainIssue(issue: core.$ZodIssue, yaml: YamlFile, knownKeys: KnownKeys): PlacedProblem[] {
  if (issue.code === 'invalid_union') {
    const inner = innerIssues(issue, yaml)
    if (inner.length > 0) return inner.flatMap((one) => explainIssue(one, yaml, knownKeys))
  }
  if (issue.code === 'invalid_key') return [explainName(issue, yaml)]
  if (issue.code !== 'unrecognized_keys') return [explainValue(issue, yaml)]
  const known = knownKeys(issue.path)
  const elsewhere = sectionsNear(issue.path, known, knownKeys)
  return issue.keys.map((key) => explainKey(key, issue.path, { known, elsewhere }, yaml))
}

type KnownKeys = (path: readonly PropertyKey[]) => readonly string[]

interface Section {
  readonly path: readonly PropertyKey[]
  readonly keys: readonly string[]
}

/** Where a key that is unknown at the top, or in what stands there, may have been meant to stand: a level up or down. */
function sectionsNear(
  path: readonly PropertyKey[],
  known: readonly string[],
  knownKeys: KnownKeys,
): Section[] {
  if (path.length > 1) return []
  const above = path.length === 0 ? [] : [[], ...knownKeys([]).map((key) => [key])]
  const paths = [...above, ...known.map((key) => [...path, key])]
  return paths.map((each) => ({ path: each, keys: knownKeys(each) }))
}

/** Where a text or a map may stand and a map does: what is wrong within it. */
function innerIssues({ path, errors }: core.$ZodIssueInvalidUnion, yaml: YamlFile): core.$ZodIssue[] {
  const seen = valueAt(yaml.value, path)
  if (typeof seen !== 'object' || seen === null || Array.isArray(seen)) return []
  const within = errors.find((branch) =>
    branch.every((one) => one.path.length > 0 || one.code === 'unrecognized_keys'),
  )
  return firstAtEachPath(within ?? []).map((one) => ({ ...one, path: [...path, ...one.path] }))
}

function explainKey(
  key: string,
  path: readonly PropertyKey[],
  { known, elsewhere }: { readonly known: readonly string[]; readonly elsewhere: readonly Section[] },
  yaml: YamlFile,
): PlacedProblem {
  const offset = yaml.offsetOf([...path, key], 'key')
  return {
    offset,
    message: `${yaml.placeAt(offset)}: unknown key ${showValue(key)}${path.length > 0 ? ` in ${showPath(path)}` : ''}.`,
    help: `${meantBy(key, known, elsewhere)}${allowedHere(known)}`,
  }
}

function meantBy(key: string, known: readonly string[], elsewhere: readonly Section[]): string {
  const [section, ...others] = elsewhere.filter(({ keys }) => keys.includes(key))
  if (section && others.length === 0)
    return section.path.length === 0
      ? 'There is one of that name at the top level. '
      : `There is one of that name under ${showPath(section.path)}. `
  const meant = didYouMean(key, known)
  return meant === undefined ? '' : `Did you mean ${meant}? `
}

/** A key that names something: it may be any that is such a name. */
function explainName({ path, issues }: core.$ZodIssueInvalidKey, yaml: YamlFile): PlacedProblem {
  const offset = yaml.offsetOf(path, 'key')
  const allowed = issues[0]?.message ?? 'another name'
  return {
    offset,
    message: `${yaml.placeAt(offset)}: the key ${showValue(String(path.at(-1)))} in ${showPath(path.slice(0, -1))} must be ${allowed}.`,
    help: 'Correct the key.',
  }
}

const MOST_LISTED = 40

function allowedHere(known: readonly string[]): string {
  return known.length > MOST_LISTED
    ? `The documentation lists all ${known.length} that are allowed here.`
    : `Allowed here: ${known.join(', ')}.`
}

function explainValue(issue: core.$ZodIssue, yaml: YamlFile): PlacedProblem {
  const offset = yaml.offsetOf(issue.path, 'value')
  const seen = valueAt(yaml.value, issue.path)
  const what = issue.path.length > 0 ? showPath(issue.path) : 'the file'
  return {
    offset,
    message: `${yaml.placeAt(offset)}: ${what} is ${showSeen(seen, issue.path)}; it must be ${issue.message}.`,
    help: helpFor(issue, seen),
  }
}

function helpFor(issue: core.$ZodIssue, seen: unknown): string {
  const values = issue.code === 'invalid_value' ? issue.values.map(String) : []
  const meant = typeof seen === 'string' ? didYouMean(seen, values) : undefined
  return meant === undefined
    ? `${docsPage('configuration', 'devflowyml')} lists every key and its values.`
    : `Did you mean ${meant}?`
}

/** What stands under `secrets` could be one that was put there by mistake; so could the URL of a webhook. */
function showSeen(seen: unknown, path: readonly PropertyKey[]): string {
  if (seen === undefined) return 'missing'
  // A file that is no mapping at all may be any file.
  if (path.length === 0 && typeof seen !== 'object') return 'a text (not shown)'
  const mayBeSecret = path[0] === 'secrets' || path[0] === 'notifications'
  return mayBeSecret && typeof seen === 'string' ? 'something else (not shown)' : showValue(seen)
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined
    at = (at as Record<PropertyKey, unknown>)[step]
  }
  return at
}

/** Names of environments are foreign text. */
function showPath(path: readonly PropertyKey[]): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return text.slice(1, 120).replace(/\p{Cc}|[\u2028\u2029]/gu, ' ')
}

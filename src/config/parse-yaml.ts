import type { Document, Node, Pair } from 'yaml'
import type { Problem } from '../model/problem.js'
import { showValue } from './show-value.js'

/** A problem and where in the text it is, as an offset, so that problems can be shown in the order of the file. */
export interface PlacedProblem extends Problem {
  readonly offset: number
}

/** A YAML text as a plain value, with the way back from a path to its place. */
export interface YamlFile {
  /** Undefined where the text is no YAML at all: then only `problems` counts. */
  readonly value: unknown
  readonly problems: readonly PlacedProblem[]
  /** Offset of the value at the path, or of its key; where it doesn't exist, of the nearest one around it. */
  readonly offsetOf: (path: readonly PropertyKey[], which: 'key' | 'value') => number
  /** `devflow.yml:12:5`, columns in characters. */
  readonly placeAt: (offset: number) => string
}

const LARGEST_BYTES = 1024 * 1024
const MOST_ALIASES = 100
const DEEPEST = 200

type Yaml = typeof import('yaml')

/**
 * Reads one YAML document of a stranger: size, nesting and aliases are bounded before the parser sees the text,
 * because some of what it is given takes it minutes or ends the process. Duplicate keys are problems.
 */
export async function parseYaml(source: string, name: string): Promise<YamlFile> {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source
  const placeAt = (offset: number) => `${name}:${lineAndColumn(text, offset)}`
  const refuse = (message: string, help: string): YamlFile => ({
    value: undefined,
    problems: [{ offset: 0, message: `${name}: ${message}`, help }],
    offsetOf: () => 0,
    placeAt,
  })
  if (Buffer.byteLength(text) > LARGEST_BYTES) return refuse('larger than 1 MiB.', 'Make the file smaller.')
  if (isTooDeep(text)) return refuse('nested too deeply.', `At most ${DEEPEST} levels are read.`)
  try {
    return readDocument(await import(/* webpackMode: "eager" */ 'yaml'), text, placeAt)
  } catch (error) {
    return refuse(
      `can't be read as YAML (${error instanceof Error ? error.name : 'unknown'}).`,
      'Simplify the file.',
    )
  }
}

/** Nested blocks show as indentation or a run of indicators at the start of a line; nested flows as open brackets. */
function isTooDeep(text: string): boolean {
  if (new RegExp(`^[ \\t?:-]{${DEEPEST}}`, 'm').test(text)) return true
  let depth = 0
  for (const [bracket] of text.matchAll(/[[{}\]]/g)) {
    depth = Math.max(0, depth + (bracket === '[' || bracket === '{' ? 1 : -1))
    if (depth > DEEPEST) return true
  }
  return false
}

function readDocument(yaml: Yaml, text: string, placeAt: YamlFile['placeAt']): YamlFile {
  // The library compares every key with every other one, and its excerpts would repeat foreign text.
  const doc = yaml.parseDocument(text, { uniqueKeys: false, prettyErrors: false })
  const syntax = [...doc.errors, ...doc.warnings].map((error) => ({
    offset: error.pos[0],
    message: `${placeAt(error.pos[0])}: not valid YAML: ${cleanMessage(error.message)}.`,
    help: 'Correct the line; the mistake can also be at the end of the line before.',
  }))
  const offsetOf: YamlFile['offsetOf'] = (path, which) => findOffset(yaml, doc, path, which)
  const problems = [...syntax, ...checkAliases(yaml, doc, placeAt)]
  const value = problems.length === 0 ? doc.toJS({ maxAliasCount: MOST_ALIASES }) : undefined
  return { value, problems: [...problems, ...findDuplicates(yaml, doc, placeAt)], offsetOf, placeAt }
}

function cleanMessage(message: string): string {
  return message.includes('://') || message.includes('@')
    ? 'this line'
    : message
        .replace(/\p{Cc}/gu, ' ')
        .slice(0, 120)
        .replace(/\.$/, '')
}

function checkAliases(yaml: Yaml, doc: Document, placeAt: YamlFile['placeAt']): PlacedProblem[] {
  const aliases: { offset: number; resolves: boolean }[] = []
  yaml.visit(doc, {
    Alias: (_, alias) => {
      const resolves = aliases.length < MOST_ALIASES && alias.resolve(doc) !== undefined
      aliases.push({ offset: alias.range?.[0] ?? 0, resolves })
      return aliases.length > MOST_ALIASES ? yaml.visit.BREAK : undefined
    },
  })
  const wrong = aliases.find((alias) => !alias.resolves)
  if (wrong === undefined) return []
  const what =
    aliases.length > MOST_ALIASES ? `more than ${MOST_ALIASES} aliases` : 'an alias without its anchor'
  const help = 'Write the value out instead of the alias.'
  return [{ offset: wrong.offset, message: `${placeAt(wrong.offset)}: ${what}.`, help }]
}

function findDuplicates(yaml: Yaml, doc: Document, placeAt: YamlFile['placeAt']): PlacedProblem[] {
  const problems: PlacedProblem[] = []
  yaml.visit(doc, {
    Map: (_, map) => {
      const first = new Map<string, number>()
      for (const pair of map.items) {
        const [key, offset] = [keyOf(yaml, pair), keyOffset(pair)]
        const earlier = first.get(key)
        if (earlier === undefined) first.set(key, offset)
        else problems.push(duplicate(key, offset, placeAt(offset), placeAt(earlier)))
      }
    },
  })
  return problems
}

function duplicate(key: string, offset: number, place: string, first: string): PlacedProblem {
  return {
    offset,
    message: `${place}: the key ${showValue(key)} is there twice.`,
    help: `Keep one of them; the first is at ${first}.`,
  }
}

/** As the plain value has it: every key is text there. */
function keyOf(yaml: Yaml, pair: Pair): string {
  return yaml.isScalar(pair.key) ? String(pair.key.value) : String(pair.key)
}

function keyOffset(pair: Pair): number {
  return (pair.key as Node | null)?.range?.[0] ?? 0
}

function findOffset(yaml: Yaml, doc: Document, path: readonly PropertyKey[], which: 'key' | 'value'): number {
  let node: unknown = doc.contents
  let offset = 0
  for (const [index, step] of path.entries()) {
    if (yaml.isAlias(node)) node = node.resolve(doc)
    if (yaml.isSeq(node)) node = node.items[Number(step)]
    else if (yaml.isMap(node)) {
      const pair = node.items.findLast((item) => keyOf(yaml, item) === String(step))
      if (pair === undefined) return offset
      if (index === path.length - 1 && which === 'key') return keyOffset(pair)
      offset = keyOffset(pair)
      node = pair.value
    }
    offset = yaml.isNode(node) ? (node.range?.[0] ?? offset) : offset
  }
  return offset
}

function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return `${before.split('\n').length}:${[...before.slice(lineStart)].length + 1}`
}

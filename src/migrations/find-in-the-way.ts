import type { Fix } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import { positionAt } from '../sql/position.js'
import { scanScript } from '../sql/scan-script.js'

/** A fix that leaves something to run after the last file. */
export interface Moved {
  readonly fix: Fix
  /** The tables and indexes that it is about. */
  readonly names: readonly string[]
}

/** What would run before that, and may rest on it or take its object away. */
export interface InTheWay {
  readonly name: string
  /** `0003_orders.sql`, or `line 3` of the fix's own file. */
  readonly place: string
}

/**
 * Fixes that may not be written, because what they leave for later would come too late: a file after theirs names the
 * same object, or a statement after theirs renames it, drops it or refers to it.
 *
 * @param files in the order of application
 */
export function findInTheWay(
  files: readonly MigrationFile[],
  moved: ReadonlyMap<MigrationFile, readonly Moved[]>,
): ReadonlyMap<Fix, InTheWay> {
  const wanted = new Set([...moved.values()].flat().flatMap(({ names }) => names.flatMap(wordsOf)))
  const inTheWay = new Map<Fix, InTheWay>()
  const named = new Map<string, string>()
  if (wanted.size === 0) return inTheWay
  for (const file of files.toReversed()) {
    const own = moved.get(file) ?? []
    const changed = own.length > 0 ? lastChanges(file.text, wanted) : new Map<string, number>()
    for (const { fix, names } of own) {
      const start = fix.edits[0]?.span.start ?? 0
      for (const name of names) {
        const at = Math.min(...wordsOf(name).map((word) => changed.get(word) ?? -1))
        const later = wordsOf(name).map((word) => named.get(word))
        const line = at > start ? `line ${positionAt(file.text, at).line}` : undefined
        const place = line ?? (later.includes(undefined) ? undefined : later[0])
        if (place !== undefined) inTheWay.set(fix, { name, place })
      }
    }
    for (const word of wordsOf(file.text)) if (wanted.has(word)) named.set(word, file.name)
  }
  return inTheWay
}

/** In lower case; of a name in quotes there may be several. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORDS) ?? []
}

const WORDS = /[\w$\u0080-\uffff]+/g

/** Where the last statement begins that changes what a word names, or refers to it. */
function lastChanges(text: string, wanted: ReadonlySet<string>): ReadonlyMap<string, number> {
  const last = new Map<string, number>()
  for (const { span } of scanScript(text)) {
    const statement = text.slice(span.start, span.end)
    const words = CHANGES.test(statement) ? wordsOf(statement) : referredTo(statement)
    for (const word of words) if (wanted.has(word)) last.set(word, span.start)
  }
  return last
}

/** A drop of one of these takes nothing away that a later statement of a fix needs. */
const CHANGES =
  /\b(?:drop\s+(?!default|policy|trigger|expression|identity)|(?:rename|schema|replica|cluster|conflict|attach|detach|inherit)\b)/i

function referredTo(statement: string): string[] {
  return [...statement.matchAll(REFERENCES)].flatMap(([, name = '']) => wordsOf(name))
}

const REFERENCES = /\breferences\s+((?:"[^"]*"|[\w$\u0080-\uffff.])+)/gi

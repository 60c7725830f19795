import type { Fix } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import { trimSpace } from '../sql/trim-space.js'
import { applyFixes } from './apply-fixes.js'
import { nameNext } from './name-next.js'
import type { Writing, Writings } from './write-fixes.js'

/** What the fixes of a file come to. */
export interface FixPlan extends Writings {
  readonly applied: readonly Fix[]
  /** Those that touch what another changes. */
  readonly left: readonly Fix[]
}

/** The name and style of a file, as far as what follows it depends on them. */
export type Newest = Pick<MigrationFile, 'name' | 'style'>

/**
 * A file's text after its fixes, and a new migration for each that leaves something to run later: what is slow must not
 * keep the locks of what is not. Validating takes no lock that matters, so what validates is together.
 *
 * @param newest the file of the folder that all new ones come after
 */
export function planFixes(file: MigrationFile, fixes: readonly Fix[], newest: Newest, now: Date): FixPlan {
  const inOrder = fixes.toSorted((a, b) => startOf(a) - startOf(b))
  const { text, applied, left } = applyFixes(file.text, inOrder)
  const added: Writing[] = []
  let last = newest
  for (const { titles, sql } of gatherNext(applied)) {
    const name = nameNext(last, slug(file.name), now)
    added.push({ name, text: textOf(file, [...titles], [...sql]) })
    last = { name, style: file.style }
  }
  return { changed: { name: file.name, before: file.text, text }, added, applied, left }
}

function startOf({ edits }: Fix): number {
  return edits[0]?.span.start ?? 0
}

interface Later {
  readonly titles: Set<string>
  readonly sql: Set<string>
}

function gatherNext(applied: readonly Fix[]): Later[] {
  const all: Later[] = []
  let validating: Later | undefined
  for (const { title, next } of applied) {
    if (next === undefined) continue
    const text = trimSpace(next)
    const sql = text.endsWith(';') ? text : `${text};`
    const later = (VALIDATES.test(sql) ? validating : undefined) ?? { titles: new Set(), sql: new Set() }
    if (later.sql.size === 0) all.push(later)
    if (VALIDATES.test(sql)) validating = later
    later.titles.add(title)
    later.sql.add(sql)
  }
  return all
}

const VALIDATES = /^alter\s+table\s[^;]*\svalidate\s+constraint\s[^;]*;$/i

function slug(name: string): string {
  const stem = name.replace(/\/(?:migration|up)\.sql$|(?:\.up)?\.sql$/, '')
  const plain = stem.replace(/[^A-Za-z0-9_-]+/g, '_').replace(/^[_-]+/, '')
  return `after_${plain.slice(0, 80)}`
}

function textOf({ name }: MigrationFile, titles: readonly string[], sql: readonly string[]): string {
  // Other names could end the list, or not be found again.
  const needs = /^[\w./-]+$/.test(name) ? `-- @depends-on: ${name}\n` : ''
  const why = titles.map((title) => `-- ${title}\n`).join('')
  return `${needs}${why}${sql.join('\n')}\n`
}

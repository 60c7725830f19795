import type { Span } from '../model/position.js'
import type { Placeholder, Substitute } from '../model/substitute.js'
import { isGap, lexScript, type ScriptPiece } from './lex-script.js'

/** `${NAME}`, declared, where nothing can be filled in: why, as a clause about it, and the way out. */
export interface Misplaced extends Span {
  readonly name: string
  readonly why: string
  readonly help: string
}

export interface Placeholders {
  readonly placeholders: readonly Placeholder[]
  readonly misplaced: readonly Misplaced[]
}

/**
 * Finds the declared `${NAME}` of a text. In comments they are left alone. In strings, quoted names and bodies nothing is
 * filled in, because there a value could end what it stands in; and a text that looks filled in and is not, a password
 * that reads `${APP_PASSWORD}`, would be worse than an error.
 */
export function findPlaceholders(text: string, declared: readonly Substitute[]): Placeholders {
  const kinds = new Map(declared.map(({ name, as }) => [name, as]))
  if (kinds.size === 0 || !text.includes('${')) return { placeholders: [], misplaced: [] }
  const placeholders: Placeholder[] = []
  const misplaced: Misplaced[] = []
  let before: ScriptPiece | undefined
  let last: Placeholder | undefined
  for (const piece of lexScript(text)) {
    // The signs of the last one itself.
    if (isGap(piece) || (last && piece.start < last.end)) continue
    const found = piece.kind === 'other' ? at(text, piece.start, kinds) : undefined
    if (last?.as === 'literal' && (isString(piece) || found?.as === 'literal')) misplaced.push(joined(last))
    if (found) {
      placeholders.push(found)
      if (found.as === 'literal' && before && isString(before)) misplaced.push(joined(found))
      misplaced.push(...touching(text, found))
    } else if (piece.kind !== 'other') misplaced.push(...inside(text, piece, kinds))
    last = found
    before = piece
  }
  return { placeholders, misplaced }
}

type Kinds = ReadonlyMap<string, Substitute['as']>

const PLACEHOLDER = /\$\{([A-Za-z_]\w*)\}/y

function at(text: string, start: number, kinds: Kinds): Placeholder | undefined {
  PLACEHOLDER.lastIndex = start
  const [whole = '', name = ''] = PLACEHOLDER.exec(text) ?? []
  const as = kinds.get(name)
  return as && { start, end: start + whole.length, name, as }
}

function inside(text: string, { kind, start, end }: ScriptPiece, kinds: Kinds): Misplaced[] {
  const { [kind]: why = WITHIN.string } = WITHIN
  const found: Misplaced[] = []
  for (const { 0: whole, 1: name = '', index } of text.slice(start, end).matchAll(/\$\{([A-Za-z_]\w*)\}/g))
    if (kinds.has(name)) found.push({ start: start + index, end: start + index + whole.length, name, ...why })
  return found
}

type Why = Pick<Misplaced, 'why' | 'help'>

const QUOTED: Why = {
  why: 'stands between quotes, where nothing is filled in',
  help: 'Write it without the quotes: it gets its own. Join it to other text with ||, or have the whole text filled in.',
}

const WITHIN: { readonly [Kind in ScriptPiece['kind']]?: Why } & { readonly string: Why } = {
  string: QUOTED,
  'dollar-string': {
    why: 'stands in a dollar-quoted text, where nothing is filled in',
    help: "Put it into a setting before, SELECT set_config('app.value', <it>, true); and read current_setting('app.value') in the body.",
  },
  'copy-rows': {
    why: 'stands in the rows of a COPY, where nothing is filled in',
    help: 'Write an INSERT for that row.',
  },
}

/** Beside a letter or a quote it would become a part of another word or string. */
function touching(text: string, found: Placeholder): Misplaced[] {
  const beside = /[\w$"'&\u0080-\uffff]/
  if (!beside.test(text[found.start - 1] ?? '') && !beside.test(text[found.end] ?? '')) return []
  return [
    {
      ...found,
      why: 'touches what stands beside it',
      help: 'Put a space between them, or join texts with ||.',
    },
  ]
}

function isString({ kind }: Pick<ScriptPiece, 'kind'>): boolean {
  return kind === 'string' || kind === 'dollar-string'
}

/** Two strings with nothing but a line end between them are one to the server. */
function joined(found: Placeholder): Misplaced {
  return { ...found, why: 'stands next to a string', help: 'Put || between them.' }
}

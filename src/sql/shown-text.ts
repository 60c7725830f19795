import type { MigrationFile } from '../model/migration.js'
import type { Span } from '../model/position.js'
import { MOST_SECRETS } from '../model/secret.js'
import { hideSecrets } from './hide-secrets.js'
import { lexScript } from './lex-script.js'

/** A file's text as people may see it, its secrets hidden: what every excerpt is cut from. Positions are the file's. */
export function shownText(file: Pick<MigrationFile, 'text' | 'secrets'>): string {
  const { text, secrets = [] } = file
  if (secrets.length === 0) return text
  const known = shown.get(file)
  if (known !== undefined) return known
  const spans = secrets.map(({ span }) => span)
  const hidden = hideSecrets(text, spans.length < MOST_SECRETS ? spans : spans.concat(placesOf(text)))
  shown.set(file, hidden)
  return hidden
}

// One file has many findings.
const shown = new WeakMap<object, string>()

/** Wherever one more may stand that was not looked for. */
function placesOf(text: string): Span[] {
  const pieces: Span[] = []
  for (const { kind, start, end } of lexScript(text)) if (HOLDS_TEXT.has(kind)) pieces.push({ start, end })
  return pieces
}

const HOLDS_TEXT: ReadonlySet<string> = new Set([
  'string',
  'dollar-string',
  'quoted-name',
  'line-comment',
  'block-comment',
  'psql-command',
  'copy-rows',
])

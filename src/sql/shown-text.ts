import type { MigrationFile } from '../model/migration.js'
import { hideSecrets } from './hide-secrets.js'

/** A file's text as people may see it, its secrets hidden: what every excerpt is cut from. Positions are the file's. */
export function shownText(file: Pick<MigrationFile, 'text' | 'secrets'>): string {
  const { text, secrets = [] } = file
  if (secrets.length === 0) return text
  const known = shown.get(file)
  if (known !== undefined) return known
  const hidden = hideSecrets(
    text,
    secrets.map(({ span }) => span),
  )
  shown.set(file, hidden)
  return hidden
}

// One file has many findings.
const shown = new WeakMap<object, string>()

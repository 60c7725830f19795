import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import { lexScript } from '../sql/lex-script.js'

/** A file of which nothing is applied: empty, comments only, or a down part only. It is recorded all the same. */
export function findNoStatement({ name, path, text, up }: MigrationFile): Finding[] {
  const applied = text.slice(up.start, up.end)
  // Nearly always.
  if (/^\s*[a-z(]/i.test(applied)) return []
  for (const { kind } of lexScript(applied)) if (!EMPTY.has(kind)) return []
  return [
    {
      rule: 'no-statement',
      severity: 'notice',
      file: path,
      message: `${name} holds no statement${up.end < text.length ? ' before its down part' : ''}: it is recorded as applied and does nothing.`,
      help: 'Is something missing? A file that is to do nothing may say so in a comment.',
    },
  ]
}

const EMPTY = new Set<string>(['space', 'semicolon', 'line-comment', 'block-comment'])

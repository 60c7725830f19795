import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import type { Span } from '../model/position.js'
import { lex } from '../sql/lex.js'
import { isGap } from '../sql/lex-script.js'
import { place } from '../sql/place.js'
import { scanTransaction } from '../sql/scan-transaction.js'
import { refuseShape } from './refuse-shape.js'

/**
 * Transaction control that the parser could not read. Nothing but the words that a statement begins with is known of it:
 * enough to see whether it ends a transaction, however the file runs.
 */
export function refuseUnread(file: MigrationFile, { start, end }: Span): Finding[] {
  const shape = scanTransaction(file.text.slice(start, firstWordsEnd(file.text, start, end)))
  if (shape.kind !== 'own-control') return []
  const span = { start, end: start + (shape.span.end - shape.span.start) }
  if (!file.directives.noTransaction) return refuseShape(file, { ...shape, span }, undefined)
  return [
    {
      rule: 'transaction-control',
      severity: 'error',
      ...place(file, span),
      message: `${shape.statement} could not be analysed, so where a transaction of the file's own begins and ends can not be told.`,
      help: 'Write it in words alone, without comments in it, or remove it.',
    },
  ]
}

/** Behind the words that tell, however long the comments between them are. The rest may be of any length. */
function firstWordsEnd(text: string, start: number, end: number): number {
  let words = 0
  for (const piece of lex(text, start)) {
    if (piece.end >= end) break
    if (!isGap(piece) && ++words === TELLING_WORDS) return piece.end
  }
  return end
}

/** `ROLLBACK TRANSACTION TO`, and one that tells that there is more. */
const TELLING_WORDS = 4

import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import type { Span } from '../model/position.js'
import { place } from '../sql/place.js'
import { scanTransaction } from '../sql/scan-transaction.js'
import { refuseShape } from './refuse-shape.js'

/**
 * Transaction control that the parser could not read. Nothing but the words that a statement begins with is known of it:
 * enough to see whether it ends a transaction, however the file runs.
 */
export function refuseUnread(file: MigrationFile, { start, end }: Span): Finding[] {
  const shape = scanTransaction(file.text.slice(start, Math.min(end, start + MOST_LOOKED_AT)))
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

const MOST_LOOKED_AT = 64 * 1024

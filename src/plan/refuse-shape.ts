import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import type { RunnableStatement } from '../model/plan.js'
import type { Span } from '../model/position.js'
import { place } from '../sql/place.js'
import type { TransactionShape } from '../sql/transaction-shape.js'

/**
 * Transaction control in a file that can not be carried out as it stands.
 *
 * @param outside a statement of the file that can not run in a transaction
 */
export function refuseShape(
  file: MigrationFile,
  shape: TransactionShape,
  outside: RunnableStatement | undefined,
): Finding[] {
  if (shape.kind === 'own-control') return [ownControl(file, shape)]
  if (shape.kind === 'none') return []
  if (outside) return [outsideInBlock(file, outside)]
  return file.directives.noTransaction ? [declaredWithBlock(file, shape.begin)] : []
}

function ownControl(file: MigrationFile, shape: { span: Span; statement: string }): Finding {
  return {
    rule: 'transaction-control',
    severity: 'error',
    ...place(file, shape.span),
    message: `${shape.statement} would end or change the transaction that keeps this file and its record together.`,
    help: 'Remove it, or split the file: each file is one transaction, and one BEGIN as the first statement with one COMMIT as the last is understood. Or have it honoured, statement by statement and not atomic: declare -- devflow:no-transaction, or list the file as database.migrations.legacy in devflow.yml.',
  }
}

function outsideInBlock(file: MigrationFile, statement: RunnableStatement): Finding {
  return {
    rule: 'statement-in-transaction',
    severity: 'error',
    ...place(file, statement.span),
    message: `${statement.outside} can not run in a transaction, and this file has a BEGIN and COMMIT around it.`,
    help: 'Put the statement into a file of its own, without BEGIN and COMMIT.',
  }
}

function declaredWithBlock(file: MigrationFile, begin: Span): Finding {
  return {
    rule: 'transaction-control',
    severity: 'error',
    ...place(file, begin),
    message: 'The file is declared no-transaction and has a BEGIN and COMMIT of its own.',
    help: 'Remove one of the two.',
  }
}

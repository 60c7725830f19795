import type { Finding } from '../model/finding.js'
import type { RunnableMigration } from '../model/plan.js'

/** With `transaction: all`, a file that can not be part of one transaction stands in the way of all of them. */
export function refuseTogether(migrations: readonly RunnableMigration[]): Finding[] {
  return migrations.flatMap((migration) => {
    const why = whyNot(migration)
    return why === undefined ? [] : [finding(migration, why)]
  })
}

function whyNot({ mode, statements, pieces, unreadable, file }: RunnableMigration): string | undefined {
  const outside = statements?.find((statement) => statement.outside !== undefined)?.outside
  if (outside !== undefined) return `${outside} can not run in a transaction`
  const { noTransaction, noTransactionBy } = file.directives
  if (mode === 'no-transaction' && noTransactionBy === 'legacy') return 'it is listed as legacy'
  if (mode === 'no-transaction')
    return noTransaction ? 'it is declared no-transaction' : 'it runs outside a transaction'
  if (statements || pieces) return undefined
  return `it could not be analysed as a whole${unreadable ? `: ${unreadable}` : ''}`
}

function finding({ file }: RunnableMigration, why: string): Finding {
  return {
    rule: 'not-together',
    severity: 'error',
    file: file.path,
    message: `All pending migrations were asked to run in one transaction (transaction: all), and ${file.name} can not: ${why}.`,
    help: 'Apply it alone first (to, version), or run with transaction: file.',
  }
}

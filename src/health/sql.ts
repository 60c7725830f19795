import type { HealthVerdict } from '../model/health.js'
import type { Rows } from '../model/session.js'
import { scanScript } from '../sql/scan-script.js'
import type { Look } from './look.js'

/** One query of the file's, whose only value has to be true. What it returns is not shown: it can be anybody's data. */
export const lookAtSql: Look<'sql'> = async ({ sql, timeoutMs }, { read }) => {
  // Two rows show that there is more than one, however many there are.
  const { results, error } = await read(
    `SELECT * FROM (\n${withoutEnd(sql)}\n) AS health_check LIMIT 2`,
    timeoutMs,
  )
  if (error) return failed(`the query failed: ${error.message}`)
  const why = whyNot(results.at(-1))
  return why === undefined ? { state: 'passed' } : failed(`the query returned ${why}`)
}

/** Without the semicolon, and what stands behind it. */
function withoutEnd(sql: string): string {
  const [statement] = [...scanScript(sql)]
  return statement === undefined ? '' : sql.slice(statement.span.start, statement.span.end).replace(/;$/, '')
}

function whyNot(answer: Rows | undefined): string | undefined {
  const rows = answer?.rows ?? []
  const [value] = rows[0] ?? []
  if (rows.length === 0) return 'no row, and one that is true is expected'
  if (rows.length > 1) return 'more than one row, and one that is true is expected'
  if ((answer?.columns.length ?? 0) !== 1) return `${answer?.columns.length} columns, and one is expected`
  if (value === 't') return undefined
  if (value === null || value === undefined) return 'NULL, and not true'
  return value === 'f' ? 'false' : 'something else than true or false'
}

function failed(message: string): HealthVerdict {
  return { state: 'failed', message, help: 'Run the query by hand, as the role of the connection.' }
}

import type { ForeignTool } from './foreign-tool.js'
import { matchByKey } from './match-by-key.js'

/** A row is an applied version, and nothing else is kept. Rails has the same table, with another beside it. */
export const dbmate: ForeignTool = {
  title: 'dbmate',
  table: {
    names: ['schema_migrations'],
    columns: ['version'],
    exact: true,
    common: true,
    unless: 'ar_internal_metadata',
  },
  select: (table) => ({ values: ['version'], from: `${table} ORDER BY version` }),
  compare: (rows, files) =>
    matchByKey(
      rows.map(([version]) => ({ key: version ?? '', label: version ?? '', state: 'applied' })),
      files,
      { keyOf: ({ name }) => /^\d+/.exec(name)?.[0] },
    ),
}

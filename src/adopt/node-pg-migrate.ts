import type { ForeignRow, ForeignTool } from './foreign-tool.js'
import { matchByKey } from './match-by-key.js'
import { isoTime, whenAndWho } from './row-text.js'
import { stemOf } from './stem-of.js'

/** Names of files without their ending, in the order they were run in. Nothing is kept of what was run. */
export const nodePgMigrate: ForeignTool = {
  title: 'node-pg-migrate',
  table: { names: ['pgmigrations'], columns: ['id', 'name', 'run_on'], exact: true },
  select: (table) => ({ values: ['name', isoTime('run_on')], from: `${table} ORDER BY run_on, id` }),
  compare: (rows, files) =>
    matchByKey(
      rows.map(([name, at]): ForeignRow => {
        const label = name ?? ''
        return { key: label, label, state: 'applied', ...whenAndWho({ at }) }
      }),
      files,
      {
        keyOf: stemOf,
        whyMissing: ({ label }) => `if it is a migration in JavaScript, write its SQL as ${label}.sql`,
      },
    ),
}

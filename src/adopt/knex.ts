import type { ForeignRow, ForeignTool } from './foreign-tool.js'
import { matchByKey } from './match-by-key.js'
import { isoTime, whenAndWho } from './row-text.js'
import { stemOf } from './stem-of.js'

/**
 * Names of files with their ending. They are JavaScript: what can be adopted is the same file rewritten as SQL, with the
 * same name but for its ending. Nothing is kept of what was run.
 */
export const knex: ForeignTool = {
  title: 'Knex',
  table: { names: ['knex_migrations'], columns: ['id', 'name', 'batch', 'migration_time'] },
  select: (table) => ({ values: ['name', isoTime('migration_time')], from: `${table} ORDER BY id` }),
  compare: (rows, files) =>
    matchByKey(
      rows.map(([name, at]): ForeignRow => {
        const label = name ?? ''
        return { key: withoutEnding(label), label, state: 'applied', ...whenAndWho({ at }) }
      }),
      files,
      {
        keyOf: stemOf,
        whyMissing: ({ key }) => `it is JavaScript, which is not run here: write its SQL as ${key}.sql`,
      },
    ),
}

function withoutEnding(name: string): string {
  return name.replace(/\.[a-z]+$/i, '')
}

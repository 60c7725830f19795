import { versionKey } from '../model/version.js'
import type { ForeignRow, ForeignTool } from './foreign-tool.js'
import { matchByKey } from './match-by-key.js'
import { isoTime, whenAndWho } from './row-text.js'

/** The newest row of a version counts. Version 0 only says that the table was made. Nothing is kept of what was run. */
export const goose: ForeignTool = {
  title: 'goose',
  table: { names: ['goose_db_version'], columns: ['version_id', 'is_applied', 'tstamp'] },
  select: (table) => ({
    values: ['version_id', isoTime('tstamp')],
    from: `(SELECT DISTINCT ON (version_id) version_id, is_applied, tstamp FROM ${table} ORDER BY version_id, id DESC) newest
WHERE is_applied AND version_id <> 0 ORDER BY version_id`,
  }),
  compare: (rows, files) =>
    matchByKey(
      rows.map(([version, at]): ForeignRow => {
        const label = version ?? ''
        return { key: versionKey(label), label, state: 'applied', ...whenAndWho({ at }) }
      }),
      files,
      {
        keyOf: ({ version }) => versionKey(version),
        whyMissing: () => 'a migration written in Go has no SQL that could be run here',
      },
    ),
}

import type { Config } from '../model/config.js'
import { alignColumns } from './align.js'
import { logLine } from './foreign-text.js'

/** For `--verbose`: each setting, its value (secrets as `***`) and where it came from. Ends with a line end. */
export function renderProvenance({ provenance }: Pick<Config, 'provenance'>): string {
  const rows = provenance.map(({ name, value, source }) => [
    logLine(name),
    logLine(value),
    `from ${logLine(source)}`,
  ])
  return alignColumns(rows)
    .map((row) => `  ${row}\n`)
    .join('')
}

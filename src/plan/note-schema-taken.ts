import type { Config } from '../model/config.js'
import type { SchemaComparison } from '../model/schema.js'
import { findSchemaDrift } from './find-schema-drift.js'

/**
 * What other hands changed since the last run ended, and what a command now takes for what the schema is to be, a sentence
 * each. Nothing where nothing was changed or compared.
 */
export function noteSchemaTaken(
  comparison: SchemaComparison | undefined,
  config: Pick<Config, 'schemaDrift' | 'redact' | 'command'>,
): string[] {
  const { findings, notes } = findSchemaDrift(comparison, config)
  if (findings.length === 0) return [...notes]
  const objects = comparison?.count === 1 ? '1 object is' : `${comparison?.count} objects are`
  return [
    `${objects} not as the last run left the schema. ${config.command} records the schema as it is, so later runs do not tell of it:`,
    ...findings.map(({ message }) => message),
    ...notes,
  ]
}

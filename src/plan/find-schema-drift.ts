import type { Config } from '../model/config.js'
import type { Finding } from '../model/finding.js'
import type { SchemaChange, SchemaComparison } from '../model/schema.js'
import { describeSchemaChange } from './describe-schema-change.js'

/** What other hands did to a schema since the last run ended; and why nothing can be told where that is so. */
export interface SchemaDrift {
  readonly findings: readonly Finding[]
  /** See `Report.notes`. */
  readonly notes: readonly string[]
}

/** So many are told one by one. */
const MOST_FINDINGS = 20

/** Nothing where nothing was compared, or the configuration does not ask. */
export function findSchemaDrift(
  comparison: SchemaComparison | undefined,
  { schemaDrift, redact }: Pick<Config, 'schemaDrift' | 'redact'>,
): SchemaDrift {
  if (comparison === undefined || schemaDrift === 'off') return { findings: [], notes: [] }
  const severity = schemaDrift === 'error' ? 'error' : 'warning'
  const messages = [...shown(comparison).map(describeSchemaChange), ...andMore(comparison)]
  return {
    findings: messages.map((message) => ({
      rule: 'schema-drift',
      severity,
      message: redact(message),
      help: severity === 'error' ? `${HELP} ${WHERE_IT_STOPS}` : `${HELP} ${NEXT_TIME}`,
    })),
    notes: notesOf(comparison).map(redact),
  }
}

function shown({ changes }: SchemaComparison): readonly SchemaChange[] {
  return changes.slice(0, MOST_FINDINGS)
}

function andMore(comparison: SchemaComparison): string[] {
  const left = comparison.count - shown(comparison).length
  if (left <= 0) return []
  const [are, objects] = left === 1 ? ['is', 'object'] : ['are', 'objects']
  return [
    `And ${left} more ${objects} of the database ${are} not as the last run left ${left === 1 ? 'it' : 'them'}.`,
  ]
}

const HELP =
  'If it is to stay, write it as a migration that does nothing where it is there already, so that other databases get it; else undo it.'
const NEXT_TIME = 'The next run that applies something takes the schema as it is then.'
const WHERE_IT_STOPS =
  'To go on with it as it is, set schema-drift to warn for one run, or delete the rows of schema_snapshots beside the tracking table.'

function notesOf({ state, reason, recordedMajor }: SchemaComparison): string[] {
  const why = WHY_NOT[state]
  if (why !== undefined) return [`Whether other hands changed the schema can not be told: ${why}.`]
  if (state === 'unreadable')
    return [
      `Whether other hands changed the schema could not be looked up: ${reason ?? 'the server gave no reason'}.`,
    ]
  if (state === 'changed' && recordedMajor !== undefined)
    return [
      `The schema was recorded on PostgreSQL ${recordedMajor}; some of what differs may come from the upgrade.`,
    ]
  return []
}

const WHY_NOT: Partial<Record<SchemaComparison['state'], string>> = {
  'moved-on': 'something was applied after it was recorded last, by a run that was cut off or by hand',
  'other-scope': 'database.schemas named others when it was recorded last',
  'other-form': 'another version of this tool recorded it, in another form',
}

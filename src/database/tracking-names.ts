import type { Tracking } from '../model/target.js'
import { quoteIdentifier } from '../sql/identifier.js'

/** The quoted, schema-qualified names of everything that is kept in the tracking schema. */
export interface TrackingNames {
  readonly schema: string
  readonly table: string
  readonly history: string
  readonly snapshots: string
  readonly identity: string
  readonly chainFunction: string
  readonly statusFunction: string
  readonly statusView: string
}

/** Unquoted names of what stands beside the tracking table. */
export const HISTORY_TABLE = 'migration_history'
export const SNAPSHOTS_TABLE = 'schema_snapshots'
export const IDENTITY_TABLE = 'target_identity'
export const CHAIN_FUNCTION = 'devflow_chain_event'
export const STATUS_FUNCTION = 'get_migration_status'
export const STATUS_VIEW = 'migration_status_view'
/** The constraint that every tracking table of ours has had, whatever it is called. */
export const STATUS_CHECK = 'devflow_status'

/** Of the tracking table: the columns of the custom runner's document, which ours keep. */
export const DOCUMENT_COLUMNS = [
  'version',
  'name',
  'applied_at',
  'checksum',
  'execution_time_ms',
  'status',
  'error_message',
  'applied_by',
] as const

export function trackingNames(tracking: Pick<Tracking, 'schema' | 'table'>): TrackingNames {
  const schema = quoteIdentifier(tracking.schema)
  const inSchema = (name: string) => `${schema}.${quoteIdentifier(name)}`
  return {
    schema,
    table: inSchema(tracking.table),
    history: inSchema(HISTORY_TABLE),
    snapshots: inSchema(SNAPSHOTS_TABLE),
    identity: inSchema(IDENTITY_TABLE),
    chainFunction: inSchema(CHAIN_FUNCTION),
    statusFunction: inSchema(STATUS_FUNCTION),
    statusView: inSchema(STATUS_VIEW),
  }
}

/**
 * SQL of what is hashed of a row: the canonical JSON (RFC 8785) of a list of texts and nulls. Never changes: hashes that
 * begin with `sha256:` are over this, in this order.
 *
 * @param row what the columns are qualified with: `NEW`, or an alias
 */
export function chainedContent(row: string): string {
  return `array_to_json(ARRAY[${chainedFields(row).join(', ')}]::text[])::text`
}

/** SQL of each text that is hashed, the hash of the row before first. */
export function chainedFields(row: string): string[] {
  return CHAINED_COLUMNS.map((column) =>
    // Seconds since 1970, whatever the session's time zone is and whether the column has one.
    column === 'executed_at' ? `extract(epoch FROM ${row}.${column})::text` : `${row}.${column}::text`,
  )
}

/** `sha256:` and the digest of a text, as SQL. */
export function sha256Sql(text: string): string {
  return `'sha256:' || encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`
}

export const CHAINED_COLUMNS = [
  'prev_hash',
  'seq',
  'id',
  'event',
  'version',
  'name',
  'checksum',
  'action',
  'executed_at',
  'execution_time_ms',
  'status',
  'error_message',
  'detail',
  'executed_by',
  'environment',
  'system_identifier',
  'forced',
  'run_url',
  'run_attempt',
  'commit_sha',
  'plan_hash',
  'tool_version',
  'approver',
  'approval_kind',
  'approval_comment',
] as const

/** SQL of a time as ISO 8601 in UTC. What has no zone is taken to be in the session's. Null for what is no moment. */
export function isoTime(column: string): string {
  return `CASE WHEN isfinite(${column}) THEN to_char(${column}::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END`
}

/** What a row tells of when and by whom, as far as it makes sense. */
export function whenAndWho({
  at,
  ms,
  by,
}: {
  readonly at?: string | null | undefined
  readonly ms?: string | null | undefined
  readonly by?: string | null | undefined
}): { appliedAt?: string; executionTimeMs?: number; appliedBy?: string } {
  const time = Number(ms ?? Number.NaN)
  return {
    ...(at && /^\d{4}-\d\d-\d\dT/.test(at) ? { appliedAt: at } : {}),
    // What the tracking table can hold; -1 stands for "not known" in some.
    ...(ms && time >= 0 && time < 2 ** 31 ? { executionTimeMs: Math.round(time) } : {}),
    ...(by ? { appliedBy: by.slice(0, 200) } : {}),
  }
}

import type { TrackingNames } from '../tracking-names.js'

/** SQL of the table that a target keeps of itself: a row for each tracking table of the schema. */
export function identityDdl({ identity }: TrackingNames): string {
  return `CREATE TABLE IF NOT EXISTS ${identity} (
  tracking_table text PRIMARY KEY,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  project text,
  environment text NOT NULL,
  system_identifier text,
  timeline integer,
  database_name text NOT NULL,
  database_oid oid NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  recorded_by text,
  run_url text
);`
}

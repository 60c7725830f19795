import type { RecordedMigration } from '../../model/bookkeeping.js'
import type { RecordChange } from '../../model/record-change.js'
import type { InStep, MirroredRow } from '../../model/sides.js'
import { quoteLiteral } from '../../sql/identifier.js'
import { CHECK_FAILED, raising } from '../../sql/raise.js'
import { doBlock } from '../do-block.js'
import { SUPABASE_DDL, SUPABASE_RELATION } from './supabase-table.js'

/**
 * SQL that keeps the Supabase CLI's table as ours is, for the same transactions. A row stands there only for what is
 * applied: what failed, or is half done, is in no transaction of these.
 */
export interface Mirror {
  /** Makes the table where it is missing, and writes what it has to know of before. Empty where there is nothing to do. */
  readonly ensure: string
  /** Raises where the CLI has recorded the version since the history was read. */
  start(migration: RecordedMigration): string
  /** Raises, and nothing of the file stays, where the CLI has recorded the version meanwhile. */
  complete(migration: RecordedMigration): string
  /** The same for what is done already and can not be taken back. */
  finish(migration: RecordedMigration): string
  /** Makes the row agree with a change of ours. */
  follow(change: RecordChange): string
}

export function makeMirror(step: InStep): Mirror {
  const isWanted = step.isWhole || step.sides.some(({ version, supabase }) => supabase || step.rowOf(version))
  const put = (version: string, conflict: string) => {
    const row = step.rowOf(version)
    return row ? insert(row, conflict) : ''
  }
  return {
    ensure: isWanted
      ? [made(step), ...step.fill.map((row) => `${insert(row, IS_THERE)};`)].join('\n').trim()
      : '',
    start: ({ version }) => refuseRecorded(step.rowOf(version)),
    complete: ({ version }) => onlyNew(put(version, IS_THERE), version),
    finish: ({ version }) => ended(put(version, IS_THERE)),
    follow: ({ version, becomes, told }) => {
      if (!isWanted) return ''
      if (becomes !== 'gone' && becomes.status === 'completed')
        return ended(put(version, told.action === 'adopt' ? IS_THERE : AS_NOW))
      // To take back what was adopted is to leave it to the tool that it came from: its rows are its own.
      if (told.action === 'adopt') return ''
      const row = step.rowOf(version)?.version ?? version
      return `DELETE FROM ${SUPABASE_RELATION} WHERE version = ${quoteLiteral(row)};`
    },
  }
}

const IS_THERE = 'ON CONFLICT (version) DO NOTHING'
const AS_NOW = 'ON CONFLICT (version) DO UPDATE SET name = excluded.name, statements = excluded.statements'

/** Only where something is missing: who may write to a table may not make schemas, even those that are there. */
function made({ isWhole }: InStep): string {
  return isWhole
    ? ''
    : doBlock(`BEGIN
  IF (SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass(${quoteLiteral(SUPABASE_RELATION)})
    AND attname IN ('version', 'statements', 'name') AND NOT attisdropped) < 3 THEN
${SUPABASE_DDL}
  END IF;
END`)
}

function insert({ version, name, statements }: MirroredRow, conflict: string): string {
  return `INSERT INTO ${SUPABASE_RELATION} (version, name, statements) VALUES (${quoteLiteral(version)}, ${quoteLiteral(name)}, ${asArray(statements)}) ${conflict}`
}

function asArray(statements: MirroredRow['statements']): string {
  return statements === null ? 'NULL' : `ARRAY[${statements.map(quoteLiteral).join(', ')}]::text[]`
}

function ended(sql: string): string {
  return sql && `${sql};`
}

function onlyNew(sql: string, version: string): string {
  if (!sql) return ''
  return `WITH put AS (${sql} RETURNING version) SELECT CASE WHEN count(*) <> 1 THEN ${raising(CHECK_FAILED.record, recordedMeanwhile(version))} END FROM put;`
}

function refuseRecorded(row: MirroredRow | undefined): string {
  if (!row) return ''
  return `SELECT CASE WHEN EXISTS (SELECT FROM ${SUPABASE_RELATION} WHERE version = ${quoteLiteral(row.version)}) THEN ${raising(CHECK_FAILED.record, recordedMeanwhile(row.version))} END;`
}

function recordedMeanwhile(version: string): string {
  return `migration ${version} was recorded in ${SUPABASE_RELATION} meanwhile: the Supabase CLI applied it`
}

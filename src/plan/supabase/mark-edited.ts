import type { AppliedRecord } from '../../model/history.js'
import type { MigrationFile } from '../../model/migration.js'
import type { SupabaseRow } from '../../model/supabase.js'
import { versionKey } from '../../model/version.js'
import { matchStatements } from '../../sql/match-statements.js'
import { sha256Json } from '../sha256-json.js'

/**
 * The records, with another checksum where the statements in the Supabase CLI's table are not those of the file: what ran is
 * another text then, whatever our own record says, and the file counts as edited.
 */
export function markEdited(
  records: readonly AppliedRecord[],
  rows: readonly SupabaseRow[],
  files: readonly MigrationFile[],
): readonly AppliedRecord[] {
  const kept = new Map(rows.map((row) => [versionKey(row.version), row.statements]))
  const texts = new Map(files.map((file) => [versionKey(file.version), file]))
  return records.map((record) => {
    const key = versionKey(record.version)
    const [statements, file] = [kept.get(key), texts.get(key)]
    const isSame = !statements || !file || record.status !== 'completed' || record.checksum !== file.checksum
    if (isSame || matchStatements(statements, file.text)) return record
    return { ...record, checksum: `supabase:${sha256Json([...statements])}` }
  })
}

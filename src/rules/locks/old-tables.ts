import { type AlterCommand, alterCommands } from '../../sql/alter-commands.js'
import type { Context, Seen } from '../rule.js'

/** The commands of an ALTER TABLE on a table that was there before the judged files: one with rows and users. */
export function commandsOnOldTables(statement: Seen, { known, file }: Context): AlterCommand[] {
  return alterCommands(statement, file.file).filter(
    ({ relation, objectType }) =>
      objectType === 'OBJECT_TABLE' && relation.schemaname !== 'pg_temp' && !known.isNew(relation),
  )
}

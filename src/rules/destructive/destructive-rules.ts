import { dropCascade } from './drop-cascade.js'
import { dropColumn } from './drop-column.js'
import { dropConstraint } from './drop-constraint.js'
import { dropDatabase } from './drop-database.js'
import { dropNotNull } from './drop-not-null.js'
import { dropPrimaryKey } from './drop-primary-key.js'
import { dropSchema } from './drop-schema.js'
import { dropSchemaCascade } from './drop-schema-cascade.js'
import { dropTable } from './drop-table.js'
import { dropTrigger } from './drop-trigger.js'
import { dropWithDependants } from './drop-with-dependants.js'
import { renameColumn } from './rename-column.js'
import { renameEnumValue } from './rename-enum-value.js'
import { renameSchema } from './rename-schema.js'
import { renameTable } from './rename-table.js'
import { setSchema } from './set-schema.js'
import { truncate } from './truncate.js'
import { truncateCascade } from './truncate-cascade.js'

/** The rules of this folder, in the order the documentation shows them. */
export const DESTRUCTIVE_RULES = {
  'drop-database': dropDatabase,
  'drop-schema': dropSchema,
  'drop-schema-cascade': dropSchemaCascade,
  'drop-table': dropTable,
  'drop-column': dropColumn,
  'drop-cascade': dropCascade,
  'drop-constraint': dropConstraint,
  'drop-primary-key': dropPrimaryKey,
  'drop-not-null': dropNotNull,
  'drop-trigger': dropTrigger,
  'drop-with-dependants': dropWithDependants,
  'rename-table': renameTable,
  'rename-column': renameColumn,
  'rename-schema': renameSchema,
  'rename-enum-value': renameEnumValue,
  'set-schema': setSchema,
  truncate,
  'truncate-cascade': truncateCascade,
}

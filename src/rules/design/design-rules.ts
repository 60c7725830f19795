import { charColumn } from './char-column.js'
import { createEnum } from './create-enum.js'
import { duplicateColumnAssignment } from './duplicate-column-assignment.js'
import { duplicateIndex } from './duplicate-index.js'
import { enumWithoutPosition } from './enum-without-position.js'
import { hashIndex } from './hash-index.js'
import { identifierTooLong } from './identifier-too-long.js'
import { intColumn } from './int-column.js'
import { jsonColumn } from './json-column.js'
import { moneyColumn } from './money-column.js'
import { serialColumn } from './serial-column.js'
import { smallintColumn } from './smallint-column.js'
import { tableWithoutPrimaryKey } from './table-without-primary-key.js'
import { tableWithoutSchema } from './table-without-schema.js'
import { timestampWithoutTz } from './timestamp-without-tz.js'
import { varcharLimit } from './varchar-limit.js'
import { wideIndex } from './wide-index.js'

/** The rules of this folder, in the order the documentation shows them. */
export const DESIGN_RULES = {
  'char-column': charColumn,
  'varchar-limit': varcharLimit,
  'int-column': intColumn,
  'smallint-column': smallintColumn,
  'serial-column': serialColumn,
  'timestamp-without-tz': timestampWithoutTz,
  'json-column': jsonColumn,
  'money-column': moneyColumn,
  'create-enum': createEnum,
  'enum-without-position': enumWithoutPosition,
  'identifier-too-long': identifierTooLong,
  'table-without-schema': tableWithoutSchema,
  'duplicate-column-assignment': duplicateColumnAssignment,
  'table-without-primary-key': tableWithoutPrimaryKey,
  'duplicate-index': duplicateIndex,
  'wide-index': wideIndex,
  'hash-index': hashIndex,
}

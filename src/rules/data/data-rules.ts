import { deleteWithoutWhere } from './delete-without-where.js'
import { insertSeedData } from './insert-seed-data.js'
import { unbatchedBackfill } from './unbatched-backfill.js'
import { updateWithoutWhere } from './update-without-where.js'

/** The rules of this folder, in the order the documentation shows them. */
export const DATA_RULES = {
  'delete-without-where': deleteWithoutWhere,
  'update-without-where': updateWithoutWhere,
  'unbatched-backfill': unbatchedBackfill,
  'insert-seed-data': insertSeedData,
}

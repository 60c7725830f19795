import { nameOf } from './canonical-text.js'
import { noMember } from './found-objects.js'
import type { ObjectQuery } from './object-query.js'
import { optionNames } from './relation-objects.js'

/** A condition: there is something for foreign data. */
export const HAS_WRAPPERS = 'EXISTS (SELECT FROM pg_foreign_data_wrapper)'

/** Wrappers, servers and user mappings for foreign data, without the values of their options: they hold passwords. */
export const foreignObjects: readonly ObjectQuery[] = [
  {
    onlyIf: HAS_WRAPPERS,
    sql: `SELECT 'foreign data wrapper', ${nameOf('fdwname')}, '', concat_ws(' ', 'OWNER ' || ${nameOf('pg_get_userbyid(fdwowner)')},
    CASE WHEN fdwhandler <> 0 THEN 'HANDLER ' || fdwhandler::regproc::text END, CASE WHEN fdwvalidator <> 0 THEN 'VALIDATOR ' || fdwvalidator::regproc::text END,
    ${optionNames('fdwoptions')})
  FROM pg_foreign_data_wrapper w WHERE ${noMember('pg_foreign_data_wrapper', 'w.oid')}`,
  },
  {
    onlyIf: HAS_WRAPPERS,
    sql: `SELECT 'server', ${nameOf('srvname')}, 'foreign data wrapper ' || ${nameOf('fdwname')}, concat_ws(' ',
    'OWNER ' || ${nameOf('pg_get_userbyid(srvowner)')}, 'WRAPPER ' || ${nameOf('fdwname')}, 'TYPE ' || quote_literal(srvtype), 'VERSION ' || quote_literal(srvversion),
    ${optionNames('srvoptions')})
  FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = srvfdw WHERE ${noMember('pg_foreign_server', 's.oid')}`,
  },
  {
    onlyIf: HAS_WRAPPERS,
    sql: `SELECT 'user mapping', ${nameOf('usename')} || ' on ' || ${nameOf('srvname')}, 'server ' || ${nameOf('srvname')}, '' FROM pg_user_mappings`,
  },
]

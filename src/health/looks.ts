import type { HealthSubject } from '../model/health.js'
import { lookAtConnectivity } from './connectivity.js'
import { lookAtFreeSpace } from './free-space.js'
import { lookAtHttp } from './http.js'
import { lookAtLongTransactions } from './long-transactions.js'
import type { Look } from './look.js'
import { lookAtReplicationLag } from './replication-lag.js'
import { lookAtRls } from './rls.js'
import { lookAtSql } from './sql.js'
import { lookAtSupabase } from './supabase.js'
import { lookAtTables } from './tables.js'

/** Every check there is. One that is forgotten here does not compile. */
export const LOOKS: { readonly [Kind in HealthSubject['kind']]: Look<Kind> } = {
  connectivity: lookAtConnectivity,
  tables: lookAtTables,
  rls: lookAtRls,
  sql: lookAtSql,
  http: lookAtHttp,
  supabase: lookAtSupabase,
  'replication-lag': lookAtReplicationLag,
  'long-transactions': lookAtLongTransactions,
  'free-space': lookAtFreeSpace,
}

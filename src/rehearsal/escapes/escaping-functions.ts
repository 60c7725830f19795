import type { ReachedCall } from '../../model/reach.js'

/**
 * What a function of the server or of a known extension does that no rollback undoes, as a clause after its name;
 * undefined for all others. `nextval` and `setval` are not among them: they escape where the sequence was there before.
 *
 * From the functions of `pg_catalog` that are volatile in PostgreSQL 15 and 18, and the documentation of the extensions.
 */
export function escapesBy({ name, trueAt = [] }: ReachedCall): string | undefined {
  const last = name.at(-1) ?? ''
  if (last === 'pg_logical_emit_message' && trueAt.includes(0)) return undefined
  return NAMES.get(last) ?? PATTERNS.find(([pattern]) => pattern.test(last))?.[1]
}

const LOCK = 'acts on a lock of the session, which no rollback gives back'
const FILES = "writes files of the server's machine, which no rollback undoes"
const SESSIONS = 'acts on the sessions of others at once'
const SERVER = 'acts on the whole server at once'
const SLOT = 'acts on a replication slot, which no rollback undoes'
const ORIGIN = 'moves a replication origin, which no rollback undoes'
const STATISTICS = 'resets statistics, which no rollback undoes'
const REMOTE = 'acts on another server, which no rollback undoes'
const WEB = 'sends a request to another machine, which no rollback takes back'
const TEXT = 'runs SQL that is handed to it as text, and it can not be told what that does'

const NAMES: ReadonlyMap<string, string> = new Map(
  (
    [
      [
        LOCK,
        'pg_advisory_lock pg_advisory_lock_shared pg_try_advisory_lock pg_try_advisory_lock_shared pg_advisory_unlock pg_advisory_unlock_shared pg_advisory_unlock_all',
      ],
      [FILES, 'lo_export pg_file_write pg_file_rename pg_file_unlink pg_file_sync'],
      [SESSIONS, 'pg_terminate_backend pg_cancel_backend'],
      [
        SERVER,
        'pg_reload_conf pg_rotate_logfile pg_rotate_logfile_old pg_logfile_rotate pg_switch_wal pg_create_restore_point pg_backup_start pg_backup_stop pg_start_backup pg_stop_backup pg_promote pg_wal_replay_pause pg_wal_replay_resume pg_log_standby_snapshot pg_log_backend_memory_contexts pg_stop_making_pinned_objects pg_nextoid autoprewarm_start_worker autoprewarm_dump_now pg_background_launch pg_truncate_visibility_map heap_force_kill heap_force_freeze',
      ],
      [
        SLOT,
        'pg_create_physical_replication_slot pg_create_logical_replication_slot pg_copy_physical_replication_slot pg_copy_logical_replication_slot pg_drop_replication_slot pg_replication_slot_advance pg_logical_slot_get_changes pg_logical_slot_get_binary_changes pg_sync_replication_slots',
      ],
      [
        ORIGIN,
        'pg_replication_origin_advance pg_replication_origin_session_setup pg_replication_origin_session_reset pg_replication_origin_xact_setup',
      ],
      ['writes to the log of changes, which no rollback undoes', 'pg_logical_emit_message'],
      [
        REMOTE,
        'dblink dblink_exec dblink_connect dblink_connect_u dblink_disconnect dblink_open dblink_fetch dblink_close dblink_send_query dblink_get_result dblink_cancel_query dblink_get_connections postgres_fdw_disconnect postgres_fdw_disconnect_all',
      ],
      [WEB, 'http http_get http_post http_put http_patch http_delete http_head'],
      [
        TEXT,
        'query_to_xml query_to_xmlschema query_to_xml_and_xmlschema cursor_to_xml ts_stat crosstab crosstab2 crosstab3 crosstab4 crosstabn connectby xpath_table query_to_json',
      ],
    ] as const
  ).flatMap(([does, names]) => names.split(' ').map((name) => [name, does] as const)),
)

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/^pg_stat\w*_reset|^pg_stat_reset/, STATISTICS],
  [/^pg_buffercache_evict/, SERVER],
]

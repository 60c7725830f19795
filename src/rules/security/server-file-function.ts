import type { Rule } from '../rule.js'
import { calls } from './calls.js'

export const serverFileFunction: Rule = {
  id: 'server-file-function',
  group: 'security',
  title: "Functions that reach for the server's files, other servers or other sessions",
  why: "They read and write files of the server's machine, change other databases, or end the sessions of others. A rollback undoes none of it, and neither does a rehearsal.",
  instead:
    'Move data through the client (`COPY … FROM STDIN`), write to other databases by migrations of their own, and let who runs the server end sessions.',
  levels: { development: 'warn', staging: 'force', production: 'force' },
  inFunctions: true,
  examples: {
    bad: ["select pg_read_file('/etc/passwd');", "select dblink_exec('host=other', 'delete from t');"],
    good: ['select pg_size_pretty(pg_database_size(current_database()));'],
  },
  *check(statement, { file }) {
    for (const { name, span } of calls(statement, file.file.text)) {
      const does = FUNCTIONS.get(name)
      if (does === undefined) continue
      yield {
        ...(span ? { span } : {}),
        message: `${name}() ${does}${does === READING ? '' : ', which no rollback undoes'}.`,
        help: 'Take it out of the migration and do it from the client, by hand or in a job.',
      }
    }
  },
}

const READING = "reads the server's files"
const WRITING = "writes the server's files"
const REMOTE = 'runs SQL on another server'
const ENDING = 'breaks into the sessions of others'

const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['pg_read_file', READING],
  ['pg_read_binary_file', READING],
  ['pg_stat_file', READING],
  ['pg_ls_dir', READING],
  ['pg_ls_logdir', READING],
  ['pg_ls_waldir', READING],
  ['pg_ls_tmpdir', READING],
  ['pg_ls_archive_statusdir', READING],
  ['lo_import', READING],
  ['lo_export', WRITING],
  ['pg_file_write', WRITING],
  ['pg_file_rename', WRITING],
  ['pg_file_unlink', WRITING],
  ['pg_file_sync', WRITING],
  ['dblink', REMOTE],
  ['dblink_exec', REMOTE],
  ['dblink_connect', REMOTE],
  ['dblink_connect_u', REMOTE],
  ['dblink_send_query', REMOTE],
  ['dblink_open', REMOTE],
  ['pg_terminate_backend', ENDING],
  ['pg_cancel_backend', ENDING],
])

import type { Reply } from '../model/session.js'
import { fromText } from './from-text.js'

/** What a file set in its session, by name, as `set_config` takes it. */
export type SessionSettings = Readonly<Record<string, string>>

/**
 * Settings of ours, which every run says anew, those of a transaction, and one that can't be read. What a file sets of them is read from its text,
 * like settings with a dot in their name: those may be secrets, which belong into no table, and no view has them all.
 */
export const NOT_KEPT = [
  'application_name',
  'client_connection_check_interval',
  'client_encoding',
  'default_transaction_deferrable',
  'idle_in_transaction_session_timeout',
  'idle_session_timeout',
  'lock_timeout',
  'quote_all_identifiers',
  'seed',
  'standard_conforming_strings',
  'statement_timeout',
  'tcp_keepalives_count',
  'tcp_keepalives_idle',
  'tcp_keepalives_interval',
  'tcp_user_timeout',
  'transaction_deferrable',
  'transaction_isolation',
  'transaction_read_only',
  'transaction_timeout',
] as const

/** SQL: which rows of `pg_settings s` a journal keeps. */
export const IS_KEPT = `s.context OPERATOR(pg_catalog.=) ANY (ARRAY['user', 'superuser'])
    AND pg_catalog.strpos(s.name, '.') OPERATOR(pg_catalog.=) 0
    AND NOT s.name OPERATOR(pg_catalog.=) ANY (ARRAY[${NOT_KEPT.map((name) => `'${name}'`).join(', ')}])`

/**
 * SQL of type jsonb, whatever the search path is: what is set in the session. `search_path` and role always, because role and
 * database may carry others by the next run; the user only where it is another than the connection's.
 */
export const SESSION_NOW = `(SELECT pg_catalog.jsonb_object_agg(now.name, now.setting) FROM (
  SELECT s.name, s.setting FROM pg_catalog.pg_settings AS s
  WHERE (s.source OPERATOR(pg_catalog.=) 'session' OR s.name OPERATOR(pg_catalog.=) 'search_path') AND ${IS_KEPT}
  UNION ALL SELECT 'role', pg_catalog.current_setting('role')
  UNION ALL SELECT 'session_authorization', pg_catalog.current_setting('session_authorization')
  FROM pg_catalog.pg_stat_get_activity(pg_catalog.pg_backend_pid()) AS a
  WHERE pg_catalog.pg_get_userbyid(a.usesysid) OPERATOR(pg_catalog.<>) pg_catalog.current_setting('session_authorization')) AS now)`

/**
 * SQL that keeps for the rest of the transaction what the session is set to, for {@link withSession}, and answers with it for
 * {@link readSession}. To stand before all else that is ours, and changes nothing of what it looks at.
 *
 * @param before what it was set to before the file's statements in this transaction. Where it is another now, that may be
 *   for this transaction only, which does not show: `unsettled` is written along
 */
export function keepSession(before?: SessionSettings): string {
  const changed = before ? `pg_catalog.jsonb_ne(kept.now, ${jsonbOf(before)})` : 'false'
  return `SET LOCAL statement_timeout = 0;
SELECT pg_catalog.encode(pg_catalog.convert_to(pg_catalog.concat(kept.now), 'UTF8'), 'hex') AS ${COLUMN}
FROM (SELECT ${SESSION_NOW} AS now) AS kept
WHERE pg_catalog.set_config('${KEPT_IN}', pg_catalog.concat('"session": ', kept.now,
  CASE WHEN ${changed} THEN ', "unsettled": true' END), true) IS NOT NULL;`
}

const KEPT_IN = 'devflow.session'
const COLUMN = 'devflow_session_now'

/** How {@link keepSession} is asked for where result rows are dropped. */
export const SESSION_COLUMN = COLUMN

/** SQL of type jsonb. As digits, because a name may hold any quotes, and the message be read in any encoding. */
export function jsonbOf(session: SessionSettings): string {
  const bytes = Buffer.from(JSON.stringify(session)).toString('hex')
  return fromText('jsonb', `pg_catalog.convert_from(pg_catalog.decode('${bytes}', 'hex'), 'UTF8')`)
}

/** What {@link keepSession} answered: a file's own result of that name would stand before it. */
export function readSession({ results }: Reply): SessionSettings | undefined {
  const hex = results.findLast(({ columns }) => columns.length === 1 && columns[0] === COLUMN)?.rows[0]?.[0]
  return hex ? (JSON.parse(Buffer.from(hex, 'hex').toString()) as SessionSettings) : undefined
}

/** Where the server puts what {@link keepSession} keeps: no text in JSON holds it. */
const HERE = '"session":"@"'

/** A journal with a place for the settings. */
export function placeSession(journal: string): string {
  return journal.replace(/\}$/, `,${HERE}}`)
}

/** SQL of a journal's text: with the settings that are kept in this transaction, where it has a place for them. */
export function withSession(literal: string): string {
  return literal.includes(HERE)
    ? `pg_catalog.replace(${literal}, '${HERE}', pg_catalog.current_setting('${KEPT_IN}'))`
    : literal
}

import { scanScript } from '../../sql/scan-script.js'

/** What of a dump is our own bookkeeping. */
export interface OwnObjects {
  readonly schema: string
  readonly functions: readonly string[]
}

const HEAD = `-- The schema when the newest migration was applied, written by devflow-migrate for review.
-- It is changed by migrations, not here.

SET check_function_bodies = false;
SELECT pg_catalog.set_config('search_path', '', false);
`

/**
 * A dump of pg_dump as a text that depends on the schema alone: without versions, tokens (`\\restrict`), comments of
 * pg_dump's own, settings, and our own bookkeeping. What maps users to other servers is left out, because it holds
 * passwords.
 */
export function normaliseDump(text: string, own: OwnObjects): string {
  const statements: string[] = []
  for (const item of scanScript(text)) {
    if (item.kind !== 'statement') continue
    const sql = text.slice(item.span.start, item.span.end).replace(/\r\n/g, '\n')
    if (!isSetting(sql) && !isOwnFunction(sql, own)) statements.push(withoutPassword(sql))
  }
  const kept = withoutOwnSchema(withoutUsualMethod(statements), own)
  return `${[HEAD.trimEnd(), ...kept.map(ended)].join('\n\n')}\n`
}

const PREAMBLE =
  /^(?:SET (?:statement_timeout|lock_timeout|idle_in_transaction_session_timeout|transaction_timeout|client_encoding|standard_conforming_strings|check_function_bodies|xmloption|client_min_messages|row_security|default_tablespace) = |SELECT pg_catalog\.set_config\('search_path')/

function isSetting(sql: string): boolean {
  return PREAMBLE.test(sql)
}

const METHOD = /^SET default_table_access_method = /

/** Where all tables are heaps it says nothing. */
function withoutUsualMethod(statements: readonly string[]): readonly string[] {
  const others = statements.some((sql) => METHOD.test(sql) && !/ = heap;?$/.test(sql))
  return others ? statements : statements.filter((sql) => !METHOD.test(sql))
}

function isOwnFunction(sql: string, { schema, functions }: OwnObjects): boolean {
  const head = /^(?:CREATE FUNCTION|(?:COMMENT|REVOKE [^;]*?|GRANT [^;]*?) ON FUNCTION) /.exec(sql)?.[0]
  if (head === undefined) return false
  const names = functions.flatMap((name) => spellings(schema).map((one) => `${one}.${name}(`))
  return names.some((name) => sql.startsWith(name, head.length))
}

/** A name as pg_dump writes it: in quotes where it needs them. */
function spellings(name: string): string[] {
  return [name, `"${name.replaceAll('"', '""')}"`]
}

/** Where nothing of others is in it. */
function withoutOwnSchema(statements: readonly string[], { schema }: OwnObjects): readonly string[] {
  if (schema === 'public') return statements
  const names = spellings(schema)
  const isAbout = (sql: string) =>
    names.some((name) => sql.startsWith(`CREATE SCHEMA ${name};`)) ||
    names.some((name) =>
      new RegExp(`^(?:COMMENT|REVOKE [^;]*?|GRANT [^;]*?) ON SCHEMA ${asPattern(name)} `).test(sql),
    )
  const rest = statements.filter((sql) => !isAbout(sql))
  return rest.some((sql) => names.some((name) => sql.includes(`${name}.`))) ? statements : rest
}

function asPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

function withoutPassword(sql: string): string {
  const mapping = /^(?:CREATE|ALTER) USER MAPPING\b/.test(sql)
  return mapping ? '-- A user mapping is left out: it can hold a password.' : sql
}

function ended(sql: string): string {
  return sql.endsWith(';') || sql.startsWith('--') ? sql : `${sql};`
}

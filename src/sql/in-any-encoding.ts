/**
 * SQL of ours that is read as it is meant whatever `client_encoding` a migration has set: the server reads a message in the
 * encoding that holds as it arrives, and every one knows ASCII. As it is where it has nothing else.
 *
 * @param sql statements that give no rows and control no transaction
 */
export function inAnyEncoding(sql: string): string {
  if (!/\P{ASCII}/u.test(sql)) return sql
  const bytes = Buffer.from(sql).toString('hex')
  return `DO $devflow$BEGIN
  EXECUTE pg_catalog.convert_from(pg_catalog.decode('${bytes}', 'hex'), 'UTF8');
END$devflow$;`
}

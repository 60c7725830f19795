const READERS = {
  integer: 'int4in',
  bigint: 'int8in',
  oid: 'oidin',
  xid8: 'xid8in',
  json: 'json_in',
  jsonb: 'jsonb_in',
} as const

/**
 * SQL that reads a text as another type, by the type's own input function: an expression of type text that is cast goes
 * through the cast of a user, where there is one. Raises as the cast would.
 *
 * @param text SQL of type text
 */
export function fromText(type: keyof typeof READERS, text: string): string {
  return `pg_catalog.${READERS[type]}(pg_catalog.textout(${text}))`
}

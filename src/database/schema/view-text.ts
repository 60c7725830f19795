import { quoteLiteral } from '../../sql/identifier.js'

/**
 * SQL: a relation `(oid, text)` of what views are, the same on every major. PostgreSQL 15 writes the table before each
 * column, newer ones leave it out where a view reads from one only; here it is left out always then.
 *
 * @param relation SQL of a relation with the views' `oid`
 */
export function viewTexts(relation: string): string {
  return `SELECT oid, CASE WHEN alias IS NULL THEN written
      ELSE regexp_replace(written, ${STRING_OR} || regexp_replace(alias, ${NO_LETTER}, ${ESCAPED}, 'g') || ${DOT}, ${KEPT}, 'g')
    END AS text
  FROM (SELECT oid, written, CASE WHEN read !~ ${JOINED} AND read !~ ${LISTED}
      THEN substring(regexp_replace(read, ${SAMPLED}, '') FROM ${LAST_NAME}) END AS alias
    FROM (SELECT oid, written, substring(written FROM ${READ}) AS read
      FROM (SELECT oid, rtrim(pg_get_viewdef(oid), ';') AS written FROM ${relation} OFFSET 0) w OFFSET 0) r OFFSET 0) a`
}

/** What stands in the first FROM that is not in a query within the query: all that is indented deeper. */
const READ = quoteLiteral(`\n   FROM ((?:'(?:[^']|'')*'|"(?:[^"]|"")*"|[^\n'"]|\n    )+)`)

/** A join stands in parentheses, and a query in those and a space. */
const JOINED = quoteLiteral('^\\((?! )')
const LISTED = quoteLiteral(',\n    \\S')
const SAMPLED = quoteLiteral(' TABLESAMPLE [^\n]*$')

/** The name or alias, before the names of columns and their types. */
const LAST_NAME = quoteLiteral('("(?:[^"]|"")+"|[\\w$]+)(?:\\((?:[^()]|\\([^()]*\\))*\\))?$')

const NO_LETTER = quoteLiteral('(\\W)')
const ESCAPED = quoteLiteral('\\\\\\1')
const STRING_OR = quoteLiteral(`('(?:[^']|'')*')|(?<![\\w$."])`)
const DOT = quoteLiteral('\\.(?=["\\w*])')
const KEPT = quoteLiteral('\\1')

import { quoteLiteral } from '../../sql/identifier.js'

/**
 * An SQL expression of a name: as it is where it is lower case and simple, else in double quotes. Not `quote_ident`: it
 * quotes keywords as well, and each major has others.
 */
export function nameOf(expression: string): string {
  return `CASE WHEN ${expression} ~ '^[a-z_][a-z0-9_$]*$' THEN ${expression}::text
    ELSE '"' || replace(${expression}::text, '"', '""') || '"' END`
}

/** An SQL expression of what the server makes of a definition, without the quotes that {@link nameOf} leaves out. */
export function withoutNeedlessQuotes(expression: string): string {
  return `CASE WHEN strpos(${expression}, '"') = 0 THEN ${expression}
    ELSE regexp_replace(${expression}, ${QUOTED}, ${quoteLiteral('\\1\\2\\3')}, 'g') END`
}

/** A string; a name that is quoted for a reason; a name that need not be. No two can match alike. Lower case, the server writes no keywords but two. */
const QUOTED = quoteLiteral(
  [
    `('(?:[^']|'')*')`,
    `("(?:[^"]|"")*(?:[^a-z0-9_$"]|"")(?:[^"]|"")*"|"[0-9$][a-z0-9_$]*")`,
    `"(?!(?:true|false)")([a-z_][a-z0-9_$]*)"(?!")`,
  ].join('|'),
)

/** An SQL expression of a text in one line, as COPY writes it. */
export function inOneLine(expression: string): string {
  const escapes: readonly (readonly [code: number, letter: string])[] = [
    [92, '\\'],
    [10, 'n'],
    [13, 'r'],
    [9, 't'],
  ]
  return escapes.reduce(
    (text, [code, letter]) => `replace(${text}, chr(${code}), ${quoteLiteral(`\\${letter}`)})`,
    expression,
  )
}

/** The other way round: a field of a line as the text it stands for. */
export function readField(field: string): string {
  return field.replace(/\\(.)/gs, (_, letter: string) => ESCAPED[letter] ?? letter)
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

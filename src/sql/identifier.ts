import { UserError } from '../model/user-error.js'

/** Bytes of UTF-8 after which the server cuts a name, in silence. */
const LONGEST_NAME = 63

/**
 * A name in double quotes, exactly as given: nothing is folded or split at dots. The only way by which a name from
 * outside gets into SQL.
 *
 * @throws UserError for a name that the server would refuse or cut
 */
export function quoteIdentifier(name: string): string {
  const wrong = wrongName(name)
  if (wrong !== undefined) {
    throw new UserError([
      {
        message: `${JSON.stringify(name.slice(0, 80))} can not be a name in PostgreSQL: ${wrong}.`,
        help: `Use 1 to ${LONGEST_NAME} bytes without NUL.`,
      },
    ])
  }
  return `"${name.replaceAll('"', '""')}"`
}

function wrongName(name: string): string | undefined {
  if (name === '') return 'it is empty'
  if (name.includes('\0')) return 'it holds a NUL character'
  const bytes = Buffer.byteLength(name)
  return bytes > LONGEST_NAME
    ? `it has ${bytes} bytes, and the server cuts names at ${LONGEST_NAME}`
    : undefined
}

/**
 * A text as a string literal, the same whatever `standard_conforming_strings` is. The only way by which a value gets
 * into SQL that is not sent as a parameter.
 *
 * @throws RangeError for a NUL, which no PostgreSQL text can hold
 */
export function quoteLiteral(value: string): string {
  if (value.includes('\0')) throw new RangeError('A text for PostgreSQL can not hold a NUL character.')
  const doubled = value.replaceAll("'", "''")
  // The space keeps the E from becoming the end of a word before it.
  return doubled.includes('\\') ? ` E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`
}

import type { DatabaseLocale } from '../../model/backup.js'
import { quoteIdentifier, quoteLiteral } from '../../sql/identifier.js'
import type { Way } from '../way.js'

/** Makes an empty database in which text sorts as it did, or says why it could not, in the server's words. */
export async function createDatabase(
  { session, known }: Way,
  name: string,
  locale: DatabaseLocale,
): Promise<string | undefined> {
  const { error } = await session.send(
    `CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE template0 ${localeOf(locale, known.target.serverMajor)};`,
  )
  return error?.message
}

function localeOf({ encoding, collate, ctype, provider, locale }: DatabaseLocale, major: number): string {
  const parts = [
    `ENCODING ${quoteLiteral(encoding)}`,
    `LC_COLLATE ${quoteLiteral(collate)}`,
    `LC_CTYPE ${quoteLiteral(ctype)}`,
  ]
  if (provider === 'i' && locale !== null)
    return [...parts, 'LOCALE_PROVIDER icu', `ICU_LOCALE ${quoteLiteral(locale)}`].join(' ')
  if (provider === 'b' && locale !== null && major >= 17)
    return [...parts, 'LOCALE_PROVIDER builtin', `BUILTIN_LOCALE ${quoteLiteral(locale)}`].join(' ')
  return [...parts, 'LOCALE_PROVIDER libc'].join(' ')
}

/** Takes away one that this run made and left empty, or says why it could not. */
export async function dropDatabase({ session }: Way, name: string): Promise<string | undefined> {
  const { error } = await session.send(`DROP DATABASE ${quoteIdentifier(name)};`)
  return error?.message
}

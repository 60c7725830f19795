import type { Session } from '../model/session.js'
import { beginReading } from '../sql/begin-reading.js'
import { doBlock } from './do-block.js'

/** Where the answer stands until it is read, for the rest of the transaction. */
const ANSWER = 'devflow.lacking_characters'

/**
 * Which characters of some texts the database's encoding lacks, in one turn; none where it has all of Unicode, or takes any
 * bytes, without one. The server refuses a message with such a character before it reads it, so each is sent as its bytes.
 *
 * @param encoding `server_encoding`
 */
export async function findLackingCharacters(
  session: Session,
  encoding: string | undefined,
  texts: readonly string[],
): Promise<ReadonlySet<string>> {
  const asked = [...new Set(texts.join('').match(/\P{ASCII}/gu))]
  if (encoding === undefined || TAKES_ALL.includes(encoding) || asked.length === 0) return new Set()
  const bytes = asked.map((character) => `'${Buffer.from(character).toString('hex')}'`)
  const reply = await session.send(`${beginReading()}
SET LOCAL search_path = pg_catalog, pg_temp;
${doBlock(`DECLARE
  bytes text;
  lacking text := '';
BEGIN
  FOREACH bytes IN ARRAY ARRAY[${bytes.join(', ')}] LOOP
    BEGIN
      PERFORM convert(decode(bytes, 'hex'), 'UTF8', getdatabaseencoding());
    EXCEPTION WHEN OTHERS THEN lacking := concat(lacking, bytes, ' ');
    END;
  END LOOP;
  PERFORM set_config('${ANSWER}', lacking, true);
END`)}
SELECT current_setting('${ANSWER}');
COMMIT;`)
  const lacking = reply.results[0]?.rows[0]?.[0] ?? ''
  return new Set(
    lacking
      .split(' ')
      .filter(Boolean)
      .map((hex) => Buffer.from(hex, 'hex').toString()),
  )
}

const TAKES_ALL = ['UTF8', 'SQL_ASCII']

import type { SchemaObject } from '../../model/schema.js'
import type { Session } from '../../model/session.js'
import { beginReading } from '../../sql/begin-reading.js'
import { readField } from './canonical-text.js'
import { schemaNowQuery } from './schema-now-query.js'
import type { SchemaScope } from './schema-scope.js'

/** How long the server may look, in milliseconds. */
const LONGEST_MS = 60_000

/** What is in a schema, object by object, whatever was recorded of it; or why it can not be read, as a clause. */
export async function readSchema(
  session: Session,
  scope: SchemaScope,
): Promise<readonly SchemaObject[] | { readonly why: string }> {
  const { error, results, state } = await session.send(`${beginReading()}
SET LOCAL statement_timeout = ${LONGEST_MS};
${schemaNowQuery(scope)}
COMMIT;`)
  if (error) {
    if (state === 'E' || state === 'T') await session.send('ROLLBACK;')
    return { why: error.message }
  }
  const lines = (results.at(-1)?.rows[0]?.[0] ?? '').split('\n').filter((line) => line !== '')
  return lines.map((line) => {
    const [kind = '', name = '', partOf = '', definition = ''] = line.split('\t').map(readField)
    return { kind, name, partOf, definition }
  })
}

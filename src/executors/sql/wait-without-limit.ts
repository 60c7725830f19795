import type { Trace } from '../../model/trace.js'
import type { Work } from '../executor.js'

/**
 * Whether a concurrent statement, and what settles it, waits for locks as long as it takes: an index would be left INVALID
 * by a timeout. A partition that is being detached is not: whoever reads it waits behind, and it can be ended at any time.
 */
export function mustOutwaitLocks({ kind }: Trace): boolean {
  return kind === 'builds-index' || kind === 'drops-index' || kind === 'reindexes'
}

/**
 * Lets what follows wait for locks as long as it takes: a concurrent build, or the dropping of an index, that runs into a
 * lock timeout leaves the index INVALID.
 *
 * @returns SQL that sets the session's limit back: the file's own, where it set one
 */
export async function waitWithoutLimit({ session }: Pick<Work, 'session'>): Promise<string> {
  const reply = await session.send(
    `SELECT pg_catalog.current_setting('lock_timeout');\nSET lock_timeout = 0;`,
  )
  return `SET lock_timeout = '${reply.results[0]?.rows[0]?.[0] ?? '0'}';`
}

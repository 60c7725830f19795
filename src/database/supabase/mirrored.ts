import type { Bookkeeping } from '../../model/bookkeeping.js'
import type { InStep } from '../../model/sides.js'
import type { Target } from '../../model/target.js'
import type { Writer } from '../../model/writer.js'
import { changeOne } from '../history/change-records.js'
import { makeMirror } from './mirror.js'

/**
 * The same bookkeeping, which writes each row to the Supabase CLI's table as well: in the same transaction, and with no
 * turn more. What the CLI applied is recorded with the tables, before anything else is done.
 */
export function mirrored(books: Bookkeeping, target: Target, writer: Writer, step: InStep): Bookkeeping {
  const mirror = makeMirror(step)
  const changes = step.changes.map((change) => changeOne(target, writer, change))
  const join = (...texts: readonly string[]) => texts.filter(Boolean).join('\n')
  return {
    ...books,
    ensure: join(books.ensure, mirror.ensure, ...changes),
    start: (migration, reached) =>
      join(reached ? mirror.start(migration) : '', books.start(migration, reached)),
    // Ours last: its check has the last word.
    complete: (migration) => join(mirror.complete(migration), books.complete(migration)),
    finish: (migration) => join(mirror.finish(migration), books.finish(migration)),
    follow: (change) => join(books.follow(change), mirror.follow(change)),
  }
}

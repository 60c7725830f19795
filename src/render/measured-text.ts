import type { Measured, MeasuredRows } from '../model/measured.js'
import { renderDuration } from './duration.js'
import type { HeldLock } from './held-locks.js'
import { BLOCKED } from './lock-words.js'
import { plural } from './plural.js'
import { renderQuantity } from './quantity.js'
import type { Touched } from './touched.js'

type Quote = (foreign: string) => string

/** `blocks reads and writes for 4.1 s`; without the time where times say nothing. Empty where it took no lock there. */
export function describeLock({ lock }: Touched, held: HeldLock | undefined, timesTell: boolean): string {
  if (lock === undefined) return ''
  const long = held === undefined || !timesTell ? '' : ` for ${renderDuration(held.heldMs)}`
  return `blocks ${BLOCKED[lock]}${long}`
}

/** `5,000 updated, 3 deleted`. */
export function describeRows({ inserted, updated, deleted }: Omit<MeasuredRows, 'relation'>): string {
  const counts = { inserted, updated, deleted }
  return Object.entries(counts)
    .flatMap(([what, count]) => (count === 0 ? [] : [`${renderQuantity(count)} ${what}`]))
    .join(', ')
}

/** Objects by name, at most so many, each with what it is: `` table `public.a`, index `public.i` ``. */
export function describeObjects(
  objects: readonly { readonly type: string; readonly name: string }[],
  most: number,
  { code, prose }: { readonly code: Quote; readonly prose: Quote },
): string {
  const named = objects.slice(0, most).map(({ type, name }) => `${prose(type)} ${code(name)}`)
  const more = objects.length - named.length
  return [...named, ...(more === 0 ? [] : [`and ${more} more`])].join(', ')
}

/** What a file did that nobody has to read closely: `5 statements, 3 objects created, 120 inserted, 12 ms`. */
export function describeQuietly(statements: readonly Measured[], timesTell: boolean): string {
  const created = statements.reduce((sum, one) => sum + one.created.length, 0)
  const rows = describeRows(addUp(statements.flatMap((one) => one.rows)))
  const time = statements.reduce((sum, one) => sum + one.durationMs, 0)
  return [
    plural(statements.length, 'statement'),
    ...(created === 0 ? [] : [`${plural(created, 'object')} created`]),
    ...(rows === '' ? [] : [`rows: ${rows}`]),
    ...(timesTell ? [renderDuration(time)] : []),
  ].join(', ')
}

function addUp(rows: readonly MeasuredRows[]): Omit<MeasuredRows, 'relation'> {
  const sum = (key: 'inserted' | 'updated' | 'deleted') => rows.reduce((total, one) => total + one[key], 0)
  return { inserted: sum('inserted'), updated: sum('updated'), deleted: sum('deleted') }
}

import type { LockStrength, RehearsalPlace } from '../../model/measured.js'
import { LOCK_STRENGTHS } from '../../model/measured.js'
import { LOCK_MODES } from '../../sql/lock-mode.js'
import type { Scale } from './weigh-work.js'
import type { Work } from './work-of.js'

/** How outlets write quantities: `3.2 GB`, `4.3 s`. */
export interface Quantities {
  readonly bytes: (bytes: number) => string
  readonly duration: (milliseconds: number) => string
}

/** `rewrites public.orders, 3.2 GB, under ACCESS EXCLUSIVE`. */
export function tellWork({ kind, relations, mode }: Work, scale: Scale, { bytes }: Quantities): string {
  const sized = relations.map((relation) => {
    const size = scale.sizes.get(relation)?.bytes ?? null
    return size === null ? relation : `${relation} (${bytes(size)})`
  })
  const under = mode === undefined ? '' : ` under ${lockName(mode)}`
  return `${kind === 'rewrite' ? 'rewrites' : 'reads all of'} ${tellList(sized)}${under}`
}

/** As SQL names it: `ACCESS EXCLUSIVE`. */
export function lockName(mode: LockStrength): string {
  return LOCK_MODES[LOCK_STRENGTHS.indexOf(mode)] ?? mode
}

/** `a, b and c`; of more than `most` the first ones. */
export function tellList(names: readonly string[], most = MOST): string {
  const told = names.length > most + 1 ? names.slice(0, most) : names
  const rest = names.length - told.length
  const last = rest > 0 ? `${rest} more` : (told.at(-1) ?? '')
  const others = rest > 0 ? told : told.slice(0, -1)
  return others.length === 0 ? last : `${others.join(', ')} and ${last}`
}

const MOST = 4

/** `Measured on the target: no rewrite, no scan, 2 ms.` On a shadow, whose tables have no rows, times say nothing. */
export function tellMeasured(
  fact: string,
  { kind }: Pick<RehearsalPlace, 'kind'>,
  milliseconds: number,
  { duration }: Quantities,
): string {
  const [where, time] = kind === 'target' ? ['the target', `, ${duration(milliseconds)}`] : ['a shadow', '']
  return `Measured on ${where}: ${fact}${time}.`
}

import type { Measured, MeasuredDrop } from '../../model/measured.js'

/**
 * What went with what a statement drops, as a sentence has it: `view public.recent_orders`. Without what is a part of it
 * and goes with it in silence (indexes, sequences of its columns, its own constraints), and without what the same
 * statement makes anew, as a change of type does with indexes.
 *
 * @param code the whole text of a statement that runs code, which does not tell what it drops: then what it does not name
 */
export function victimsOf(
  { dropped, created }: Pick<Measured, 'dropped' | 'created'>,
  code?: string,
): string[] {
  const isVictim = ({ cascaded, name }: MeasuredDrop) =>
    code === undefined ? cascaded : !code.includes(bareName(name))
  const named = dropped.filter((one) => !isVictim(one)).map(({ name }) => name)
  const anew = new Set(created.map(({ type, name }) => `${type} ${name}`))
  const gone = dropped.filter(({ type }) => RELATIONS.has(type)).map(({ name }) => name)
  return dropped
    .filter((one) => isVictim(one) && SHOWN.has(one.type) && !anew.has(`${one.type} ${one.name}`))
    .filter((one) => !isPart(one, [...named, ...gone]))
    .map(({ type, name }) => `${WORDS[type] ?? type} ${name}`)
}

/** `bv` of `public.bv`, `fk` of `fk on public.books`, `f` of `public.f(integer)`. */
function bareName(name: string): string {
  const own = name.replace(/^for /, '').replace(/ on .*$|\(.*$/s, '')
  return (own.match(/("(?:[^"]|"")*"|[^."]+)$/)?.[1] ?? own).replace(/^"|"$/g, '')
}

/** As `pg_identify_object` names them. */
const RELATIONS = new Set(['table', 'view', 'materialized view', 'foreign table'])

const SHOWN = new Set([
  ...RELATIONS,
  'aggregate',
  'default value',
  'domain',
  'domain constraint',
  'function',
  'policy',
  'procedure',
  'rule',
  'table column',
  'table constraint',
  'trigger',
  'type',
])

const WORDS: Readonly<Record<string, string>> = {
  'default value': 'default',
  'table column': 'column',
  'table constraint': 'constraint',
}

/** `fk on public.books` of `public.books`, `public.books.title` of `public.books`; a table's row type. */
function isPart({ type, name }: MeasuredDrop, gone: readonly string[]): boolean {
  return gone.some(
    (whole) =>
      name.endsWith(` on ${whole}`) ||
      name.startsWith(`${whole}.`) ||
      name === `for ${whole}` ||
      name.startsWith(`for ${whole}.`) ||
      (type === 'type' && (name === whole || name === `${whole}[]`)),
  )
}

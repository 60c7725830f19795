/** A type in its parts: `numeric(10,2)[]` is `{ base: 'numeric', modifiers: [10, 2], isArray: true }`. */
export interface ColumnType {
  readonly base: string
  readonly modifiers: readonly number[]
  readonly isArray: boolean
}

/** Reads what `typeName` of `sql/type-name.ts` makes. A serial is the number it is kept as. */
export function parseColumnType(name: string): ColumnType {
  const [, base = name, modifiers, bounds = ''] = /^(.*?)(?:\(([^()]*)\))?((?:\[\])*)$/s.exec(name) ?? []
  const numbers = (modifiers ?? '')
    .split(',')
    .flatMap((each) => (/^\s*-?\d+\s*$/.test(each) ? Number(each) : []))
  return { base: SERIALS[base] ?? base, modifiers: numbers, isArray: bounds !== '' }
}

const SERIALS: Readonly<Record<string, string>> = {
  smallserial: 'int2',
  serial2: 'int2',
  serial: 'int4',
  serial4: 'int4',
  bigserial: 'int8',
  serial8: 'int8',
}

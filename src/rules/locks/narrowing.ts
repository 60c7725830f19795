import { type ColumnType, parseColumnType } from './column-type.js'

/**
 * What happens to values that a new type has no room for: the statement `fails`, or it `loses` a part of them in
 * silence. `what` names them.
 */
export interface Narrowing {
  readonly effect: 'fails' | 'loses'
  readonly what: string
}

/**
 * Undefined where the new type holds whatever the old one does, as far as that is known.
 *
 * @param isCast USING casts the value, and such a cast cuts texts in silence
 */
export function narrowing(from: string, to: string, isCast: boolean): Narrowing | undefined {
  const [old, next] = [parseColumnType(from), parseColumnType(to)]
  if (old.isArray !== next.isArray) return undefined
  if (TEXTS.has(old.base) && TEXTS.has(next.base)) return shorter(old, next, isCast)
  if (old.base === 'numeric' && next.base === 'numeric') return fewerDigits(old, next)
  if (old.base === next.base) return coarser(old, next)
  return PAIRS[`${old.base} ${next.base}`]
}

const TEXTS = new Set(['text', 'varchar', 'bpchar'])

function shorter(old: ColumnType, next: ColumnType, isCast: boolean): Narrowing | undefined {
  const [most] = next.modifiers
  const [before = Infinity] = old.modifiers
  if (most === undefined || most >= before) return undefined
  const size = `${most} character${most === 1 ? '' : 's'}`
  return isCast
    ? { effect: 'loses', what: `what is beyond ${size}` }
    : { effect: 'fails', what: `a value has more than ${size}` }
}

function fewerDigits(
  { modifiers: [before = Infinity, had = before === Infinity ? Infinity : 0] }: ColumnType,
  { modifiers: [digits, scale = 0] }: ColumnType,
): Narrowing | undefined {
  if (digits === undefined) return undefined
  const room = digits - scale
  if (before === Infinity || room < before - had)
    return {
      effect: 'fails',
      what: `a value has more than ${room} digit${room === 1 ? '' : 's'} before the point`,
    }
  if (scale >= had) return undefined
  return { effect: 'loses', what: `digits after the ${scale === 0 ? 'point' : `${ordinal(scale)} decimal`}` }
}

function ordinal(count: number): string {
  return `${count}${['th', 'st', 'nd', 'rd'][count] ?? 'th'}`
}

function coarser(old: ColumnType, next: ColumnType): Narrowing | undefined {
  if (!CLOCKS.has(next.base))
    return next.base === 'varbit' || next.base === 'bit' ? shorterBits(old, next) : undefined
  const digits = ({ modifiers }: ColumnType) => (next.base === 'interval' ? modifiers[1] : modifiers[0]) ?? 6
  return digits(next) < digits(old)
    ? { effect: 'loses', what: `fractions of a second beyond ${digits(next)} digits` }
    : undefined
}

const CLOCKS = new Set(['timestamp', 'timestamptz', 'time', 'timetz', 'interval'])

function shorterBits(old: ColumnType, next: ColumnType): Narrowing | undefined {
  const [most] = next.modifiers
  return most !== undefined && most < (old.modifiers[0] ?? Infinity)
    ? { effect: 'fails', what: `a value has more than ${most} bits` }
    : undefined
}

const OUT_OF_RANGE = (type: string): Narrowing => ({
  effect: 'fails',
  what: `a value is out of the range of ${type}`,
})
const DECIMALS: Narrowing = { effect: 'loses', what: 'decimals' }
const EXACT: Narrowing = { effect: 'loses', what: 'digits that a binary number has no room for' }
const CLOCK: Narrowing = { effect: 'loses', what: 'the time of day' }
const ZONE: Narrowing = { effect: 'loses', what: 'the zone' }

const PAIRS: Readonly<Record<string, Narrowing>> = {
  'int8 int4': OUT_OF_RANGE('int4'),
  'int8 int2': OUT_OF_RANGE('int2'),
  'int4 int2': OUT_OF_RANGE('int2'),
  'int8 oid': OUT_OF_RANGE('oid'),
  'float8 float4': EXACT,
  'int8 float8': EXACT,
  'int8 float4': EXACT,
  'int4 float4': EXACT,
  'numeric float8': EXACT,
  'numeric float4': EXACT,
  'numeric int8': DECIMALS,
  'numeric int4': DECIMALS,
  'numeric int2': DECIMALS,
  'float8 int8': DECIMALS,
  'float8 int4': DECIMALS,
  'float8 int2': DECIMALS,
  'float4 int8': DECIMALS,
  'float4 int4': DECIMALS,
  'float4 int2': DECIMALS,
  'timestamp date': CLOCK,
  'timestamptz date': CLOCK,
  'timestamp time': { effect: 'loses', what: 'the date' },
  'timestamptz time': { effect: 'loses', what: 'the date' },
  'timetz time': ZONE,
  'inet cidr': { effect: 'loses', what: 'bits to the right of the netmask' },
}

import type { Directives } from '../model/migration.js'

/** A directive that is right, or what is wrong with it. */
export type ParsedDirective =
  | { readonly key: string; readonly value: Partial<Directives> }
  | {
      readonly rule: 'unknown-directive' | 'bad-directive'
      readonly message: string
      readonly help: string
    }

/** For messages. */
export const DIRECTIVES =
  'no-transaction, lock-timeout=<duration>, statement-timeout=<duration>, idle-in-transaction-session-timeout=<duration>, transaction-timeout=<duration>'

/** @param text what follows `devflow:` */
export function parseDirective(text: string): ParsedDirective {
  const { key = '', value } = /^(?<key>[^=\s]*)\s*(?:=(?<value>.*))?$/.exec(text)?.groups ?? {}
  switch (key) {
    case 'no-transaction':
      return value === undefined ? { key, value: { noTransaction: true } } : withValue(value)
    case 'lock-timeout':
      return withDuration(key, value, (lockMs) => ({ timeouts: { lockMs } }))
    case 'statement-timeout':
      return withDuration(key, value, (statementMs) => ({ timeouts: { statementMs } }))
    case 'idle-in-transaction-session-timeout':
      return withDuration(key, value, (idleInTransactionMs) => ({ timeouts: { idleInTransactionMs } }))
    case 'transaction-timeout':
      return withDuration(key, value, (transactionMs) => ({ timeouts: { transactionMs } }))
    default:
      return unknown(text)
  }
}

function withDuration(
  key: string,
  given: string | undefined,
  directive: (ms: number) => Partial<Directives>,
): ParsedDirective {
  const value = given?.trim()
  const ms = milliseconds(value ?? '')
  if (ms !== undefined) return { key, value: directive(ms) }
  const seen = value === undefined ? 'has no value' : `is "${value.slice(0, 80)}"`
  return {
    rule: 'bad-directive',
    message: `The directive ${key} ${seen}, which is no duration.`,
    help: `Write a whole number with a unit, at most 24 days: ${key}=500ms, ${key}=3s, ${key}=5m, ${key}=1h, or ${key}=0 for no limit.`,
  }
}

// What PostgreSQL's settings in milliseconds hold: a signed 32-bit integer.
const LONGEST_MS = 2 ** 31 - 1
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 }

function milliseconds(text: string): number | undefined {
  if (text === '0') return 0
  const { count, unit = '' } = /^(?<count>\d+)\s*(?<unit>[a-z]+)$/.exec(text)?.groups ?? {}
  const ms = Number(count) * (UNITS[unit] ?? Number.NaN)
  return ms <= LONGEST_MS ? ms : undefined
}

function withValue(value: string): ParsedDirective {
  return {
    rule: 'bad-directive',
    message: `The directive no-transaction takes no value, and "${value.slice(0, 80)}" is given.`,
    help: 'Write `-- devflow:no-transaction`, or remove the line.',
  }
}

function unknown(text: string): ParsedDirective {
  return {
    rule: 'unknown-directive',
    message: `There is no directive "${text.slice(0, 80)}".`,
    help: `The directives are: ${DIRECTIVES}.`,
  }
}

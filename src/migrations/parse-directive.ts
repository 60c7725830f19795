import type { Directives } from '../model/migration.js'
import { isRunsOwn, parseSubstitute } from '../model/substitute.js'

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
  'no-transaction, lock-timeout=<duration>, statement-timeout=<duration>, idle-in-transaction-session-timeout=<duration>, transaction-timeout=<duration>, substitute=<variables>'

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
    case 'substitute':
      return withVariables(value)
    default:
      return unknown(text)
  }
}

/** `APP_PASSWORD, APP_ROLE:identifier` */
function withVariables(given = ''): ParsedDirective {
  const parts = given.split(',')
  const substitute = parts.flatMap((part) => parseSubstitute(part) ?? [])
  const wrong = parts.find((part) => parseSubstitute(part) === undefined)
  const own = substitute.find(({ name }) => isRunsOwn(name))
  if (wrong === undefined && !own) return { key: 'substitute', value: { substitute } }
  const names = wrong === undefined ? own?.name : wrong.trim().slice(0, 80)
  return {
    rule: 'bad-directive',
    message:
      own && wrong === undefined
        ? `The directive substitute names ${names}, which holds what is the run's own and is never filled in.`
        : `The directive substitute names "${names}", which is no variable that could be filled in.`,
    help: 'Write `-- devflow:substitute=APP_PASSWORD` for a value that is a literal, `APP_ROLE:identifier` for one that is a name, with commas between several.',
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

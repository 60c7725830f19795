/** What an expression may name: `inputs`, `secrets`, `github`, `needs`, `steps`, `runner`, … */
export type Contexts = Readonly<Record<string, unknown>>

/** How the steps, or the jobs before, have gone. */
export type Outcome = 'success' | 'failure' | 'cancelled' | 'skipped'

const token =
  /\s*(?:(?<number>-?\d+(?:\.\d+)?)|'(?<text>(?:[^']|'')*)'|(?<name>[A-Za-z_][\w-]*)|(?<sign>\|\||&&|==|!=|[!().,]))/y

interface Reader {
  readonly contexts: Contexts
  readonly status: Outcome
  next: RegExpExecArray | undefined
  readonly advance: () => void
}

/** The value of an expression of GitHub's workflow syntax, without its braces. Throws for what no workflow here uses. */
export function evaluate(text: string, contexts: Contexts, status: Outcome = 'success'): unknown {
  let at = 0
  const reader: Reader = {
    contexts,
    status,
    next: undefined,
    advance: () => {
      token.lastIndex = at
      reader.next = token.exec(text) ?? undefined
      if (reader.next === undefined && text.slice(at).trim() !== '')
        throw new Error(`Not understood: ${text.slice(at)}`)
      at = token.lastIndex || text.length
    },
  }
  reader.advance()
  const value = readOr(reader)
  if (reader.next !== undefined) throw new Error(`Too much: ${text}`)
  return value
}

/** The text of a value in a workflow with its expressions filled in. */
export function fill(value: unknown, contexts: Contexts, status?: Outcome): string {
  return String(value ?? '').replace(/\$\{\{([\s\S]*?)\}\}/g, (_, inner: string) =>
    asText(evaluate(inner, contexts, status)),
  )
}

/** As GitHub keeps it: what is one expression has its value's type. */
export function fillTyped(value: unknown, contexts: Contexts): unknown {
  const inner = typeof value === 'string' ? /^\$\{\{((?:(?!\}\})[\s\S])*)\}\}$/.exec(value)?.[1] : undefined
  if (inner !== undefined) return evaluate(inner, contexts)
  return typeof value === 'string' ? fill(value, contexts) : value
}

/** Whether a job or step runs. Without a function that asks how things went, it is only after success. */
export function isWanted(condition: unknown, contexts: Contexts, status: Outcome): boolean {
  const text = String(condition ?? '').replace(/^\$\{\{([\s\S]*)\}\}$/, '$1')
  const asks = /\b(success|failure|always|cancelled)\s*\(/.test(text)
  if (!asks && status !== 'success') return false
  return text.trim() === '' || truthy(evaluate(text, contexts, status))
}

function readOr(reader: Reader): unknown {
  let value = readAnd(reader)
  while (take(reader, '||')) {
    const other = readAnd(reader)
    value = truthy(value) ? value : other
  }
  return value
}

function readAnd(reader: Reader): unknown {
  let value = readEquality(reader)
  while (take(reader, '&&')) {
    const other = readEquality(reader)
    value = truthy(value) ? other : value
  }
  return value
}

function readEquality(reader: Reader): unknown {
  const value = readNot(reader)
  if (take(reader, '==')) return same(value, readNot(reader))
  if (take(reader, '!=')) return !same(value, readNot(reader))
  return value
}

function readNot(reader: Reader): unknown {
  return take(reader, '!') ? !truthy(readNot(reader)) : readPrimary(reader)
}

function readPrimary(reader: Reader): unknown {
  if (take(reader, '(')) {
    const value = readOr(reader)
    expectSign(reader, ')')
    return value
  }
  const { number, text, name } = reader.next?.groups ?? {}
  reader.advance()
  if (number !== undefined) return Number(number)
  if (text !== undefined) return text.replaceAll("''", "'")
  if (name === undefined) throw new Error('A value is missing.')
  if (name in LITERALS) return LITERALS[name]
  return take(reader, '(') ? callStatus(reader, name) : readPath(reader, name)
}

const LITERALS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null }

function callStatus(reader: Reader, name: string): boolean {
  expectSign(reader, ')')
  if (name === 'always') return true
  if (name !== 'success' && name !== 'failure' && name !== 'cancelled')
    throw new Error(`No such function here: ${name}`)
  return reader.status === name
}

function readPath(reader: Reader, name: string): unknown {
  if (!(name in reader.contexts)) throw new Error(`No such context here: ${name}`)
  let value = reader.contexts[name]
  while (take(reader, '.')) {
    const key = reader.next?.groups?.name ?? ''
    reader.advance()
    value = (value as Contexts | undefined | null)?.[key]
  }
  return value
}

function take(reader: Reader, sign: string): boolean {
  if (reader.next?.groups?.sign !== sign) return false
  reader.advance()
  return true
}

function expectSign(reader: Reader, sign: string): void {
  if (!take(reader, sign)) throw new Error(`${sign} is missing.`)
}

function truthy(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== ''
}

/** Text is compared without regard to case, and what differs in type as numbers. */
function same(left: unknown, right: unknown): boolean {
  if (typeof left === 'string' && typeof right === 'string') return left.toLowerCase() === right.toLowerCase()
  return typeof left === typeof right ? left === right : asNumber(left) === asNumber(right)
}

function asNumber(value: unknown): number {
  return value === undefined || value === null ? 0 : Number(value)
}

function asText(value: unknown): string {
  return value === undefined || value === null ? '' : String(value)
}

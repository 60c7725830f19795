/** A statement as the parser's JSON has it. */
export interface RawStatement {
  readonly stmt?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Bytes of UTF-8; absent is 0. */
  readonly stmt_location?: number
  /** Bytes of UTF-8 up to the semicolon; absent means to the end of the text. */
  readonly stmt_len?: number
}

/**
 * The statements in the parser's JSON, some kinds of them without what is in them. A tree takes some fifty times the
 * memory of its text: of rows by the million, none is made.
 *
 * @param json `{"version":…,"stmts":[{"stmt":{"InsertStmt":{…}},"stmt_len":…},…]}`
 * @param bare kinds that are read as `{}`
 */
export function readTrees(json: Uint8Array, bare: ReadonlySet<string>): RawStatement[] {
  return json.length <= SMALL ? readWhole(json, bare) : readOneByOne(json, bare)
}

/** Bytes. What is no larger costs less whole than it takes to look for what is to be left out. */
const SMALL = 256 * 1024

function readWhole(json: Uint8Array, bare: ReadonlySet<string>): RawStatement[] {
  const { stmts = [] }: { stmts?: RawStatement[] } = JSON.parse(textOf(json, 0, json.length))
  return stmts.map((statement) => {
    const [node] = Object.keys(statement.stmt ?? {})
    return node !== undefined && bare.has(node) ? { ...statement, stmt: { [node]: {} } } : statement
  })
}

function readOneByOne(json: Uint8Array, bare: ReadonlySet<string>): RawStatement[] {
  const statements: RawStatement[] = []
  const list = json.indexOf(OPEN_LIST)
  if (list === -1) return statements
  for (let at = list + 1; json[at] === OPEN; ) {
    const end = objectEnd(json, at)
    statements.push(readStatement(json, at, end, bare))
    at = json[end] === COMMA ? end + 1 : end
  }
  return statements
}

const OPEN = 0x7b
const CLOSE = 0x7d
const OPEN_LIST = 0x5b
const COMMA = 0x2c
const QUOTE = 0x22
const BACKSLASH = 0x5c

function readStatement(
  json: Uint8Array,
  start: number,
  end: number,
  bare: ReadonlySet<string>,
): RawStatement {
  const head = textOf(json, start, Math.min(end, start + 80))
  const node = /^\{"stmt":\{"(\w+)":\{/.exec(head)
  if (!node?.[1] || !bare.has(node[1])) return JSON.parse(textOf(json, start, end))
  const body = start + node[0].length - 1
  return JSON.parse(`${node[0]}}${textOf(json, objectEnd(json, body), end)}`)
}

/** Behind the brace that closes the one at `start`. */
function objectEnd(json: Uint8Array, start: number): number {
  let depth = 0
  for (let at = start; at < json.length; at++) {
    const byte = json[at]
    if (byte === QUOTE) at = stringEnd(json, at)
    else if (byte === OPEN) depth++
    else if (byte === CLOSE && --depth === 0) return at + 1
  }
  throw new RangeError('The JSON of the parser ends too early.')
}

function stringEnd(json: Uint8Array, start: number): number {
  let at = start + 1
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1
  return at
}

function textOf(json: Uint8Array, start: number, end: number): string {
  return Buffer.from(json.buffer, json.byteOffset + start, end - start).toString('utf8')
}

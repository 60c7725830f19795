import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import type { Span } from '../model/position.js'
import { blankAllComments, blankComments } from './blank-comments.js'
import { blankContinuations } from './blank-continuations.js'
import { lex } from './lex.js'
import { isGap } from './lex-script.js'
import { loadWasm } from './load-wasm.js'
import { makeParserEngine, type ParserEngine, type ParserModule, type RawResult } from './parser-engine.js'
import { placeError } from './place-error.js'
import { byteOffsets, offsetFromCodePoints } from './position.js'
import type { RawStatement } from './read-trees.js'
import { refuseText } from './refuse-text.js'
import { nodeAs, treeAs } from './tree.js'
import { trimmedEnd } from './trim-space.js'

/** One statement as PostgreSQL's own parser read it. */
export interface Statement {
  /** The kind of statement as the tree names it: `IndexStmt`. */
  readonly node: string
  /** What the tree holds below that name. Every `location` in it counts bytes of UTF-8; see `byteOffsets`. */
  readonly tree: Readonly<Record<string, unknown>>
  /** From the first token to the last, without the semicolon. */
  readonly span: Span
}

/** What became of a text. `unreadable` says nothing about the SQL: the parser could not be asked, or gave up. */
export type Parsed =
  | {
      readonly kind: 'statements'
      readonly statements: readonly Statement[]
      /** From a `location` in a tree, in bytes, to the text's UTF-16 offset. */
      readonly offsetOf: (location: number) => number
    }
  | {
      readonly kind: 'syntax-error'
      /** The server's words, cut where they quote the file at length. */
      readonly message: string
      /** UTF-16. */
      readonly offset: number
    }
  /** A clause about "it". */
  | { readonly kind: 'unreadable'; readonly reason: string }

export interface Parser {
  /**
   * Never throws for anything in the text.
   *
   * @param text without a byte-order mark: to the server that is a letter
   * @param bare kinds of statements (`InsertStmt`) whose tree is left empty
   */
  parse(text: string, bare?: ReadonlySet<string>): Parsed
  /**
   * Reads the body in one CREATE FUNCTION or DO of PL/pgSQL. Never throws for anything in the text.
   *
   * @returns the JSON of libpg-query: statements and expressions as text, with the line of the body they begin on
   */
  parsePlpgsql(text: string): PlpgsqlParsed
}

export type PlpgsqlParsed =
  /** `isBlanked`: what it holds as text has spaces in place of the comments. */
  { readonly tree: unknown; readonly isBlanked?: boolean } | { readonly reason: string }

/**
 * PostgreSQL's own parser (18), as WebAssembly. The first call loads it (some 50 ms), once a process; only what reads
 * SQL should call it. It needs no closing. A missing `libpg-query.wasm` is a `UserError`.
 */
export function openParser(): Promise<Parser> {
  opened ??= load().then((engine) => ({
    parse: (text, bare) => parse(engine, text, bare),
    parsePlpgsql: (text) => parsePlpgsql(engine, text),
  }))
  return opened
}

let opened: Promise<Parser> | undefined

interface Instance {
  readonly exports: Readonly<Record<string, unknown>>
}

// The compiler's libraries describe it for browsers only.
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>
  Instance: new (compiled: object, imports: object) => Instance
}

/**
 * V8 would compile the parser's large functions a second time, better, in the background, and the process waits for that
 * before it ends: 0.1 s of 0.27 s for a hundred files on Node 20, 0.8 s of 0.9 s on Node 24. Five thousand files are no
 * slower without.
 */
const NO_SECOND_COMPILER = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']

interface Glue {
  default(options: {
    print(): void
    printErr(): void
    instantiateWasm(imports: object, receive: (instance: Instance) => void): object
  }): Promise<ParserModule>
}

async function load(): Promise<ParserEngine> {
  const folder = dirname(fileURLToPath(import.meta.url))
  for (const flag of NO_SECOND_COMPILER) setFlagsFromString(flag)
  const compiled = await WebAssembly.compile(await loadWasm(folder))
  // The package's glue reads `__dirname`, which a bundled ES module has not; `node -e` has a wrong one.
  Object.assign(globalThis, { __dirname: folder })
  // @ts-expect-error: the package describes its wrapper only, which dies with the first missing file and can't be mended.
  const glue: Glue = await import(/* webpackMode: "eager" */ 'libpg-query/wasm/libpg-query.js')
  let exports: Instance['exports'] = {}
  const module = await glue.default({
    print: () => {},
    printErr: () => {},
    instantiateWasm: (imports, receive) => {
      const instance = new WebAssembly.Instance(compiled, imports)
      exports = instance.exports
      receive(instance)
      return {}
    },
  })
  return makeParserEngine(module, stackOf(exports))
}

// The names that libpg-query 18.1.5, pinned exactly, gives to Emscripten's stack functions.
function stackOf(exports: Instance['exports']): { get(): number; set(pointer: number): void } {
  const { R: get, Q: set } = exports
  if (typeof get !== 'function' || typeof set !== 'function')
    throw new Error('libpg-query.wasm is of another version.')
  return { get: () => Number(get()), set: (pointer) => void set(pointer) }
}

function parse(engine: ParserEngine, text: string, bare?: ReadonlySet<string>): Parsed {
  const refusal = refuseText(text, Buffer.byteLength(text))
  if (refusal !== undefined) return { kind: 'unreadable', reason: refusal }
  const read = (sql: string) => makeParsed(engine, text, sql, engine.sql(Buffer.from(sql), bare))
  try {
    const parsed = read(text)
    const blanked = isFaulty(parsed) ? blankComments(text) : undefined
    return blanked === undefined ? parsed : read(blanked)
  } catch {
    return { kind: 'unreadable', reason: TOO_MUCH }
  }
}

/** Only DO takes two strings side by side, for two bodies, which the server refuses later. */
function isFaulty(parsed: Parsed): boolean {
  if (parsed.kind !== 'statements') return parsed.kind === 'syntax-error'
  return parsed.statements.some((statement) => {
    const given = treeAs(statement, 'DoStmt')?.args ?? []
    return given.filter((option) => nodeAs(option, 'DefElem')?.defname === 'as').length > 1
  })
}

const TOO_MUCH = 'it is nested too deep or too large for the parser'

function parsePlpgsql(engine: ParserEngine, text: string): PlpgsqlParsed {
  const refusal = refuseText(text, Buffer.byteLength(text))
  if (refusal !== undefined) return { reason: refusal }
  try {
    const read = (sql: string) => engine.plpgsql(Buffer.from(sql))
    // Of two strings for a body it would read one, and not tell.
    const joined = blankContinuations(text) ?? text
    const first = read(joined)
    if (first.startsWith('{')) return { tree: JSON.parse(first) }
    const blanked = blankAllComments(joined)
    const answer = blanked === joined ? first : read(blanked)
    return answer.startsWith('{')
      ? { tree: JSON.parse(answer), isBlanked: true }
      : { reason: shortened(answer) }
  } catch {
    return { reason: TOO_MUCH }
  }
}

/** @param read the text, or what has its comments blanked out, as it was parsed */
function makeParsed(engine: ParserEngine, text: string, read: string, result: RawResult): Parsed {
  const offsetOf = byteOffsets(text)
  if ('message' in result) {
    const { message, cursor } = result
    const at =
      cursor > 0
        ? offsetFromCodePoints(read, cursor - 1)
        : placeError(read, (sql) => raises(engine, sql, message))
    const offset = read === text ? at : offsetOf(Buffer.byteLength(read.slice(0, at)))
    return { kind: 'syntax-error', message: shortened(message), offset }
  }
  const statements = result.statements.map((raw) => makeStatement(text, raw, offsetOf))
  return { kind: 'statements', statements, offsetOf }
}

/** Whether a text, which is read no further than that, raises an error without a place. */
function raises(engine: ParserEngine, sql: string, message: string): boolean {
  const result = engine.sql(Buffer.from(sql + NO_END))
  return 'message' in result && result.cursor === 0 && result.message === message
}

/** An error with a place: a text without any other builds no tree, which takes most of the time and memory. */
const NO_END = '\n;)'

const LONGEST_MESSAGE = 200

function shortened(message: string): string {
  const characters = Array.from(message.slice(0, 2 * LONGEST_MESSAGE + 2))
  return characters.length > LONGEST_MESSAGE ? `${characters.slice(0, LONGEST_MESSAGE).join('')}…` : message
}

function makeStatement(text: string, raw: RawStatement, offsetOf: (bytes: number) => number): Statement {
  const location = raw.stmt_location ?? 0
  const start = offsetOf(location)
  const end = raw.stmt_len === undefined ? text.length : offsetOf(location + raw.stmt_len)
  const [node = 'Unknown', tree = {}] = Object.entries(raw.stmt ?? {})[0] ?? []
  return { node, tree, span: { start, end: lastTokenEnd(text, start, end) } }
}

// The parser counts white space and comments before the semicolon as part of the statement.
function lastTokenEnd(text: string, start: number, end: number): number {
  const body = text.slice(start, trimmedEnd(text, end))
  if (!body.includes('--') && !body.endsWith('*/')) return start + body.length
  let last = 0
  for (const piece of lex(body)) {
    if (!isGap(piece)) last = piece.end
  }
  return start + last
}

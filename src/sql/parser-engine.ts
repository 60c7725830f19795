import { type RawStatement, readTrees } from './read-trees.js'

/** What the WebAssembly module of libpg-query offers, as far as it is used. */
export interface ParserModule {
  readonly HEAPU8: Uint8Array
  _malloc(bytes: number): number
  _free(pointer: number): void
  _wasm_parse_query_raw(text: number): number
  _wasm_free_parse_result(result: number): void
  _wasm_parse_plpgsql(text: number): number
  _wasm_free_string(pointer: number): void
  getValue(pointer: number, type: 'i32'): number
  UTF8ToString(pointer: number): string
}

/** Reads and sets the module's stack pointer. */
export interface ParserStack {
  get(): number
  set(pointer: number): void
}

export type RawResult =
  | { readonly statements: readonly RawStatement[] }
  /** `cursor` counts code points from 1; 0 is none. */
  | { readonly message: string; readonly cursor: number }

export interface ParserEngine {
  /** @param bare kinds of statements that are read without what is in them */
  sql(utf8: Uint8Array, bare?: ReadonlySet<string>): RawResult
  /** The body in a CREATE FUNCTION or DO, as JSON; anything that begins with no brace is the words of an error. */
  plpgsql(utf8: Uint8Array): string
}

/**
 * Runs the module. It throws where the module gives up (stack or memory exhausted) and is as new afterwards: such an
 * end leaves the module's stack pointer and heap where they were, so that after some dozens of them nothing is read any
 * more, and sets the exit code of our process.
 */
export function makeParserEngine(module: ParserModule, stack: ParserStack): ParserEngine {
  const pristine = module.HEAPU8.slice(0, STATIC_DATA)
  const bottom = stack.get()
  const safely = <Result>(run: () => Result): Result => {
    const exitCode = process.exitCode
    try {
      return run()
    } catch (error) {
      process.exitCode = exitCode
      module.HEAPU8.set(pristine)
      stack.set(bottom)
      throw error
    }
  }
  return {
    sql: (utf8, bare = NONE) => safely(() => runSql(module, utf8, bare)),
    plpgsql: (utf8) => safely(() => runPlpgsql(module, utf8)),
  }
}

// In 18.1.5 static data, which the allocator's state is part of, ends at 0.96 MB; the stack and then the heap follow.
const STATIC_DATA = 2 * 1024 * 1024

const NONE: ReadonlySet<string> = new Set()

function runSql(module: ParserModule, utf8: Uint8Array, bare: ReadonlySet<string>): RawResult {
  const text = copied(module, utf8)
  const result = module._wasm_parse_query_raw(text)
  try {
    return read(module, result, bare)
  } finally {
    module._free(text)
    module._wasm_free_parse_result(result)
  }
}

function runPlpgsql(module: ParserModule, utf8: Uint8Array): string {
  const text = copied(module, utf8)
  const result = module._wasm_parse_plpgsql(text)
  try {
    return module.UTF8ToString(result)
  } finally {
    module._free(text)
    module._wasm_free_string(result)
  }
}

function copied(module: ParserModule, utf8: Uint8Array): number {
  const text = module._malloc(utf8.length + 1)
  if (text === 0) throw new Error('out of memory')
  module.HEAPU8.set(utf8, text)
  module.HEAPU8[text + utf8.length] = 0
  return text
}

// The structs are PgQueryParseResult { tree, stderr, error } and PgQueryError { message, function, file, line, cursor }.
function read(module: ParserModule, result: number, bare: ReadonlySet<string>): RawResult {
  const tree = module.getValue(result, 'i32')
  const error = module.getValue(result + 8, 'i32')
  if (error !== 0) {
    const message = module.UTF8ToString(module.getValue(error, 'i32'))
    return { message, cursor: module.getValue(error + 16, 'i32') }
  }
  const json = module.HEAPU8.subarray(tree, module.HEAPU8.indexOf(0, tree))
  return { statements: readTrees(json, bare) }
}

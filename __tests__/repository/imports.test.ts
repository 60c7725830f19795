import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parseSource } from './source.js'
import { list, read } from './tree.js'

/** Node's modules that reach out of the process. */
const io = /^(fs|net|tls|dns|dgram|http|https|http2|child_process|cluster|worker_threads|readline|repl)(\/|$)/
const ioAllowed =
  /^src\/([^/]+\.ts|(database|executors|rehearsal|backup|secrets|health|github|host|terminal)\/|(migrations|config)\/load|migrations\/write-(fixes|new))/
/** Reads a part of the program, not what it works on: the grammar that the parser is. */
const grammar = 'src/sql/load-wasm.ts'
const never = /^src\/(model|sql|plan|rules|report|render)\//

const files = list('src').filter((path) => path.endsWith('.ts'))
const sources = new Map(files.map((path) => [path, parseSource(read(path))]))

/** `src/plan/x.ts` is in stage `plan`; `src/cli.ts` is an entry. */
const stageOf = (path: string) => (path.split('/').length === 2 ? 'entry' : (path.split('/')[1] ?? ''))
const targetsOf = (path: string) =>
  (sources.get(path)?.imports ?? [])
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts'))

function mayImport(from: string, to: string): boolean {
  if (stageOf(to) === 'entry') return false
  if (stageOf(from) === 'entry' || stageOf(from) === 'programs') return true
  if (stageOf(from) === 'model') return stageOf(to) === 'model'
  return [stageOf(from), 'model', 'sql'].includes(stageOf(to))
}

describe('the import rule', () => {
  it('lets a stage import itself, the model and the SQL parser only', () => {
    const broken = files.flatMap((from) =>
      targetsOf(from)
        .filter((to) => !mayImport(from, to))
        .map((to) => `${from} imports ${to}`),
    )
    expect(broken).toEqual([])
  })

  it('is about files that exist, named as they are imported', () => {
    const missing = files.flatMap((from) =>
      targetsOf(from)
        .filter((to) => !sources.has(to))
        .map((to) => `${from} imports ${to}`),
    )
    expect(missing).toEqual([])
    expect(files.length).toBeGreaterThan(10)
  })

  it('keeps input and output, the driver and the toolkit where they belong', () => {
    const broken = files.flatMap((path) =>
      (sources.get(path)?.imports ?? [])
        .filter((specifier) => !mayUse(path, specifier))
        .map((it) => `${path} imports ${it}`),
    )
    expect(broken).toEqual([])
  })

  it('is not evaded by an import whose specifier is computed', () => {
    expect(files.filter((path) => sources.get(path)?.computedImports !== 0)).toEqual([])
  })

  it('leaves no cycle, types included', () => {
    expect(findCycles()).toEqual([])
  })

  it.each([
    ["import { a } from 'node:fs'", ['node:fs']],
    ["import 'pg'", ['pg']],
    ["export { a } from './a.js'; export * from './b.js'", ['./a.js', './b.js']],
    ["const a = await import(/* eager */ 'pg')", ['pg']],
    ["type A = import('./a.js').A", ['./a.js']],
    ["const a = require('pg') // import 'not-this'", ['pg']],
  ])('sees %s', (text, expected) => {
    expect(parseSource(text).imports).toEqual(expected)
  })
})

function mayUse(path: string, specifier: string): boolean {
  if (specifier.startsWith('.')) return true
  if (specifier.startsWith('@actions/')) return stageOf(path) === 'github'
  const name = specifier.replace(/^node:/, '')
  if (builtinModules.includes(name) && !specifier.startsWith('node:')) return false
  const reaches = specifier === 'pg' || specifier.startsWith('pg/') || io.test(name)
  if (path === grammar) return !reaches || name.startsWith('fs')
  return !reaches || (ioAllowed.test(path) && !never.test(path))
}

/** One way round for each group of files that import one another. */
function findCycles(): string[] {
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path)
    if (start >= 0) cycles.push([...trail.slice(start), path].join(' → '))
    if (start >= 0 || done.has(path)) return
    for (const target of targetsOf(path)) visit(target, [...trail, path])
    done.add(path)
  }
  for (const path of files) visit(path, [])
  return cycles
}

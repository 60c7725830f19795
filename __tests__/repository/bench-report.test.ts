import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { needs } from '../support/needs.js'
import { root } from './tree.js'

type Figures = Record<string, Record<string, Record<string, number | string | null>>>

interface Run {
  readonly at: string
  readonly figures: Figures
}

const load = (name: string): Promise<unknown> => import(pathToFileURL(join(root, 'bench', name)).href)

const { addRun, figuresOf } = (await load('record.mjs')) as {
  addRun: (runs: readonly Run[], run: Run) => Run[]
  figuresOf: (measured: object) => Figures
}

const { renderReport } = (await load('tables.mjs')) as {
  renderReport: (runs: readonly Run[], order?: readonly string[]) => string
}

const { measureGrowth } = (await load('growth.mjs')) as {
  measureGrowth: (tools: object, place: object, workloads: object[]) => Promise<{ seconds: number }[][]>
}

const { nativeProgram } = (await load('native-program.mjs')) as {
  nativeProgram: (name: string, platformPackage: string, program?: string) => string
}

const ours = 'devflow-migrate'
const aRun = (day: number, figures: Figures): Run => ({ at: `2026-01-0${day}T10:00:00Z`, figures })
const pageOf = (...runs: Run[]) => renderReport(runs.reduce(addRun, []))
const linesOf = (page: string, title: string) =>
  (page.split(`### ${title}\n\n`)[1] ?? '').split('\n### ')[0]?.split('\n').filter(Boolean) ?? []
const promiseOf = (page: string, what: string) =>
  linesOf(page, 'Promised').find((line) => line.startsWith(`| ${what}`))

describe("the benchmark's report", () => {
  const first = aRun(1, {
    time: { [ours]: { 1: 1, 10: 2 }, dbmate: { 1: 3, 10: 4 } },
    memory: { dbmate: { 1000: 60 } },
  })

  it('keeps what was not measured this time, and says of which run it is', () => {
    const page = pageOf(first, aRun(2, { time: { [ours]: { 1: 5, 10000: 6 } } }))
    expect(linesOf(page, 'Time without latency')).toEqual([
      '| tool | s, 1 file | s, 10 files | s, 10,000 files |',
      '| --- | ---: | ---: | ---: |',
      `| ${ours} | 5.00 | 2.00 | 6.00 |`,
      '| dbmate | 3.00 | 4.00 | – |',
      `Of run 1, 2026-01-01; "${ours}, s, 1 file", "${ours}, s, 10,000 files": run 2, 2026-01-02.`,
    ])
    expect(linesOf(page, 'Memory at most, of all processes of a tool')).toContain('Of run 1, 2026-01-01.')
  })

  it('names a column, or a line, that is wholly of another run', () => {
    const column = aRun(2, { time: { [ours]: { 100: 5 }, dbmate: { 100: 6 } } })
    expect(pageOf(first, column)).toContain('Of run 1, 2026-01-01; "s, 100 files": run 2, 2026-01-02.')
    const line = aRun(2, { time: { psql: { 1: 5, 10: 6 } } })
    expect(pageOf(first, line)).toContain('Of run 1, 2026-01-01; "psql": run 2, 2026-01-02.')
  })

  it('forgets a run of which nothing is left', () => {
    const again = { ...first, at: '2026-01-03T10:00:00Z' }
    expect([first, again].reduce(addRun, [] as Run[])).toEqual([again])
  })

  it('shows what took too long instead of what was measured before', () => {
    const over = figuresOf({
      rows: [{ name: ours, near: new Map([[10, undefined]]), far: new Map(), memory: new Map() }],
      parts: ['time', 'turns'],
      capMs: 60_000,
    })
    const page = pageOf(aRun(1, { time: { [ours]: { 10: 2 } }, turns: { [ours]: { 10: 8 } } }), aRun(2, over))
    expect(linesOf(page, 'Time without latency')[2]).toBe(`| ${ours} | > 60 s |`)
    expect(linesOf(page, 'Turns on the wire')[2]).toBe(`| ${ours} | > 60 s |`)
    expect(promiseOf(page, 'turns, rehearsed')).toContain('| > 60 s | at most 12 | 1 |')
  })

  it('takes no ratio over to a time of another run', () => {
    const near = new Map()
    const at = (seconds: number) => ({ near, far: new Map([['rows', { seconds }]]), memory: new Map() })
    const measured = { parts: ['time'], roundTripMs: 20, capMs: 60_000 }
    const limit = { name: 'limit', isLimit: true, ...at(2) }
    const both = figuresOf({ ...measured, rows: [limit, { name: ours, ...at(3) }] })
    const one = figuresOf({ ...measured, rows: [{ name: ours, ...at(5) }] })
    const title = '100 files at 20 ms round trip, and the ratio to one message'
    expect(linesOf(pageOf(aRun(1, both)), title)).toContain(`| ${ours} | 3.00 | 1.5 |`)
    expect(linesOf(pageOf(aRun(1, both), aRun(2, one)), title)).toContain(`| ${ours} | 5.00 | – |`)
  })
})

describe("the benchmark's promises", () => {
  const pairs = (slow: number): Figures => ({
    'pairs 20': Object.fromEntries(
      [1.1, 1.5, 1.2, slow, 1.2, 1.3, 1.15].map((own, index) => [index + 1, { limit: 1, own }]),
    ),
  })

  it('are shown by the middle of the pairs, and the least and the most of them', () => {
    expect(promiseOf(pageOf(aRun(1, pairs(1.25))), 'time at 20 ms')).toContain(
      '| 1.2 (1.1 to 1.5 in 7 pairs) | at most 1.3 | 1 |',
    )
    const missed = { ...pairs(1.25), growth: threeAndMore }
    expect(promiseOf(pageOf(aRun(1, missed)), 'time with nothing to do, 10,000')).toContain(
      '| 3.1 (3.1 to 3.1 in 7 pairs) | at most 3 **missed** | 1 |',
    )
  })

  it('are all on the page, measured or not', () => {
    const lines = linesOf(pageOf(aRun(1, { time: { dbmate: { 1: 2 } } })), 'Promised').slice(2)
    expect(lines).toHaveLength(10)
    for (const line of lines) expect(line).toMatch(/\| not measured \| at most [\d.]+ \| – \|$/)
  })

  it('have no figure of before where one took too long', () => {
    const growth = Array.from({ length: 7 }, () => [{ seconds: 1 }, undefined])
    const late = figuresOf({ rows: [], parts: [], growth, capMs: 60_000 })
    const page = pageOf(aRun(1, { growth: threeAndMore }), aRun(2, late))
    expect(promiseOf(page, 'time with nothing to do, 10,000')).toContain('| > 60 s | at most 3 | 1 |')
  })

  it('say how many files were measured, of whichever runs', () => {
    const idle = { [ours]: { 1: 4 }, [`${ours} without rehearsal`]: { 10000: 4 } }
    const page = pageOf(
      aRun(1, { turns: { [ours]: { 1: 11, 100: 11 } }, 'turns, nothing to do': idle }),
      aRun(2, { turns: { [ours]: { 1000: 13, 10000: '> 60 s' } } }),
    )
    expect(promiseOf(page, 'turns, rehearsed')).toBe(
      '| turns, rehearsed, 1 to 1,000 files | 13, 10,000 files > 60 s | at most 12 **missed** | 1, 2 |',
    )
    expect(promiseOf(page, 'turns, nothing')).toBe(
      '| turns, nothing to do, 1 to 10,000 files | 4 | at most 4 | 1 |',
    )
  })
})

const threeAndMore = Object.fromEntries(
  Array.from({ length: 7 }, (_, index) => [index + 1, { 1000: 1, 10000: 3.1 }]),
)

describe('how nothing to do grows', () => {
  it('is measured on both databases in turns, after both were filled', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'devflow-growth-'))
    const log = join(folder, 'log')
    const toolThat = (verb: string) => ({
      prepare: ({ texts }: { texts: string[] }) => {
        const script = `require('node:fs').appendFileSync(process.argv[1], '${verb} ${texts.length};')`
        return [{ file: process.execPath, args: ['-e', script, log] }]
      },
    })
    const server = { query: async () => [], urlOf: () => '' }
    const workloads = [1, 2].map((count) => ({ texts: Array(count).fill(''), check: async () => {} }))
    try {
      const tools = { apply: toolThat('fill'), again: toolThat('look'), pairs: 2 }
      const pairs = await measureGrowth(tools, { server, folder, capMs: 600_000 }, workloads)
      expect(pairs.map((pair) => pair.length)).toEqual([2, 2])
      expect(readFileSync(log, 'utf8')).toBe('fill 1;fill 2;look 1;look 2;look 1;look 2;')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('a tool that npm starts with Node', () => {
  const isThere = process.platform === 'linux' && existsSync(join(root, 'bench/node_modules/dbmate'))
  const installed = needs({ what: 'the tools of bench/, for Linux', isThere })

  installed.it('is measured as the program itself', () => {
    const programs = [
      nativeProgram('dbmate', '@dbmate/'),
      nativeProgram('supabase', '@supabase/cli-'),
      nativeProgram('squawk-cli', '@squawk-cli/', 'squawk'),
    ]
    expect(programs.map(firstBytes)).toEqual(programs.map(() => '\x7fELF'))
  })
})

function firstBytes(path: string): string {
  const [file, bytes] = [openSync(path, 'r'), Buffer.alloc(4)]
  readSync(file, bytes)
  closeSync(file)
  return bytes.toString('latin1')
}

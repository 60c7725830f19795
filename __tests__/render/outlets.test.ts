import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { ProgressEvent } from '../../src/model/progress.js'
import type { OtherSession } from '../../src/model/watch.js'
import { renderAnnotation } from '../../src/render/annotation-command.js'
import { makeAnnotations } from '../../src/render/annotations.js'
import { renderBar } from '../../src/render/bar.js'
import { renderJson } from '../../src/render/json.js'
import { makeOutputs } from '../../src/render/outputs.js'
import { renderProgress } from '../../src/render/progress.js'
import type { ReviewWindowEvent } from '../../src/render/review-window.js'
import { renderSummary } from '../../src/render/summary.js'
import { renderTerminal } from '../../src/render/terminal.js'
import type { WatchingEvent } from '../../src/render/watching.js'
import { anOtherSession, anOutcome, aRehearsed, aTarget } from '../support/builders.js'
import { aHostileReport } from '../support/hostile-report.js'
import { hostileText } from '../support/hostile-text.js'
import { makeLineSplitter } from '../support/runner/line-splitter.js'
import { openStep } from '../support/runner/step.js'

/** As many texts as a report has places; 300 reports are 30,000 texts for each outlet. */
const texts = fc.array(hostileText(), { minLength: 100, maxLength: 100 })
const runs = { numRuns: 300 }

function cycle(values: readonly string[]): () => string {
  let index = 0
  return () => values[index++ % values.length] as string
}

/** A line that begins, after white space or colours, with `::`, or holds `##[`. */
const commandLike = /^(?:\s|\u001b\[[0-9;]*m)*::|##\[/

/** The commands that GitHub's runner would act on, and the lines that only look like one. */
function readAsRunner(text: string) {
  const step = openStep()
  const splitter = makeLineSplitter(step.takeLine)
  splitter.push(text)
  splitter.flush()
  return { commands: step.commands, suspects: step.raw.filter((line) => commandLike.test(line)) }
}

/** What moves a cursor, hides or turns round text on a terminal. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\ufeff]/

const nothing = { commands: [], suspects: [] }

describe('hostile text', () => {
  it('makes no command of a report for people', () => {
    fc.assert(
      fc.property(
        texts,
        fc.boolean(),
        fc.constantFrom('migrate', 'status', 'history', 'rollback'),
        (values, color, command) => {
          const report = aHostileReport(cycle(values), { command })
          const text = renderTerminal(report, { color })
          expect(readAsRunner(text)).toEqual(nothing)
          expect(text.replace(/\u001b\[\d+m/g, '')).not.toMatch(controls)
        },
      ),
      runs,
    )
  })

  it('makes no command of the JSON report, and comes through it unchanged', () => {
    fc.assert(
      fc.property(texts, (values) => {
        const text = renderJson(aHostileReport(cycle(values), { command: 'rollback' }))
        expect(readAsRunner(text)).toEqual(nothing)
        const note = aHostileReport(cycle(values), { command: 'rollback' }).notes[0] as string
        expect(JSON.parse(text).notes).toEqual([note])
      }),
      runs,
    )
  })

  it('makes no command of a progress line or a bar', () => {
    fc.assert(
      fc.property(texts, fc.boolean(), (values, color) => {
        for (const event of hostileEvents(cycle(values))) {
          const line = renderProgress(event, { color }) ?? ''
          expect(line).not.toMatch(/[\r\n]/)
          expect(readAsRunner(line)).toEqual(nothing)
        }
        const window = hostileWindow(cycle(values))
        for (const more of [{}, { watching: hostileLook(cycle(values)) }, { window }]) {
          const bar = renderBar({ index: 1, count: 3, name: values[0] as string, width: 600, ...more })
          expect(bar).not.toMatch(/[\r\n]/)
          expect(readAsRunner(bar)).toEqual(nothing)
        }
      }),
      runs,
    )
  })

  it('makes one command of one annotation, of the level it has', () => {
    fc.assert(
      fc.property(texts, (values) => {
        const annotations = makeAnnotations(aHostileReport(cycle(values)))
        const { commands, suspects } = readAsRunner(
          annotations.map((one) => `${renderAnnotation(one)}\n`).join(''),
        )
        expect(commands.map(({ name }) => name)).toEqual(annotations.map(({ level }) => level))
        expect(suspects).toHaveLength(annotations.length)
        const known = ['title', 'file', 'line', 'endline', 'col', 'endcolumn']
        for (const { properties } of commands)
          expect(known).toEqual(expect.arrayContaining(Object.keys(properties)))
      }),
      runs,
    )
  })

  it('adds no markup of its own to the summary', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('history', 'rollback'), (values, command) => {
        const summary = renderSummary(aHostileReport(cycle(values), { command }))
        const prose = summary.replace(/^(`{3,})[a-z]*\n[\s\S]*?\n\1$/gm, '').replace(/`[^`\n]+`/g, '')
        const tags = Array.from(prose.matchAll(/<\/?(\w*)/g), (match) => match[1])
        expect(['details', 'summary', 'code', 'span', 'br']).toEqual(expect.arrayContaining(tags))
        expect(prose.split(/<details(?: open)?>/)).toHaveLength(prose.split('</details>').length)
        for (const table of prose.match(/^\|.*(?:\n\|.*)*/gm) ?? []) {
          const [head = '', ...rows] = table.split('\n')
          for (const row of rows) expect(row.split('|')).toHaveLength(head.split('|').length)
        }
      }),
      runs,
    )
  })

  it('leaves the list outputs valid JSON', () => {
    fc.assert(
      fc.property(texts, (values) => {
        const outputs = makeOutputs(aHostileReport(cycle(values)), '/tmp/report.json')
        expect(JSON.parse(outputs.pending)).toHaveLength(Number(outputs['pending-count']))
        expect(outputs.ready).toBe('false')
      }),
      runs,
    )
  })
})

function hostileSession(next: () => string): OtherSession {
  return anOtherSession({
    user: next(),
    application: next(),
    address: next(),
    state: next(),
    query: next(),
  })
}

function hostileLook(next: () => string): WatchingEvent {
  const [blockedBy, blocking] = [[hostileSession(next)], [hostileSession(next)]]
  return { kind: 'watching', elapsedMs: 10, doing: next(), blockedBy, blocking, worthALine: true }
}

function hostileWindow(next: () => string): ReviewWindowEvent {
  const about = { names: [next(), next()], environment: next(), database: next(), runUrl: next() }
  const times = { leftMs: 10_000, totalMs: 30_000 }
  return { kind: 'review-window', about, ...times, isFirst: true, worthALine: true }
}

function hostileEvents(next: () => string): ProgressEvent[] {
  const count = { index: 1, count: 2 }
  return [
    { kind: 'connecting', host: next(), port: 5432, database: next() },
    { kind: 'connected', target: aTarget({ serverVersion: next() }) },
    { kind: 'waiting-for-lock', holder: next(), waitedMs: 10, limitMs: 20 },
    { kind: 'planned', plan: { migrations: [], deferred: [], hash: next() } },
    { kind: 'rehearsed', rehearsed: aRehearsed({ name: next(), reason: next() }), ...count },
    hostileWindow(next),
    { kind: 'applying', name: next(), ...count },
    { kind: 'applied', outcome: anOutcome({ name: next() }), ...count },
    {
      kind: 'retrying',
      name: next(),
      reason: next(),
      attempt: 1,
      limit: 10,
      blockers: [hostileSession(next)],
    },
    hostileLook(next),
    { kind: 'reconnecting', reason: next(), attempt: 1 },
    { kind: 'cancelling', signal: next() },
    { kind: 'notice', severity: next(), message: next() },
    { kind: 'note', message: next() },
  ]
}

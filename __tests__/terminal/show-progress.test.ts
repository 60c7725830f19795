import { describe, expect, it } from '@jest/globals'
import type { RehearsalState } from '../../src/model/outcome.js'
import type { ProgressEvent } from '../../src/model/progress.js'
import { showProgress } from '../../src/terminal/show-progress.js'
import { anOtherSession, anOutcome, aRehearsed } from '../support/builders.js'

type Look = Extract<ProgressEvent, { kind: 'watching' }>

/** What a terminal shows after all that was written: `\r` goes to the start of the line, ESC[K erases from there. */
function screen(written: string): string[] {
  const lines = ['']
  for (const part of written.split(/(\r|\n|\u001b\[K)/)) {
    if (part === '\n') lines.push('')
    else if (part === '\u001b[K') lines[lines.length - 1] = ''
    else if (part !== '\r') lines[lines.length - 1] += part
  }
  return lines
}

function aTerminal(columns?: number) {
  let written = ''
  const widths: number[] = []
  const write = (text: string) => {
    written += text
    return true
  }
  const out = { columns, write } as unknown as NodeJS.WriteStream
  const progress = showProgress(out, {
    line: (event) => {
      if (event.kind === 'watching') return `line ${event.elapsedMs}`
      if (event.kind === 'review-window') return `${event.leftMs} until it`
      return event.kind === 'note'
        ? event.message
        : event.kind === 'applied'
          ? `done ${event.index}`
          : undefined
    },
    bar: ({ index, count, name, width, watching, window }) => {
      widths.push(width)
      if (window !== undefined) return `[${window.leftMs} left]`
      return `[${index}/${count} ${name}${watching ? ` ${watching.elapsedMs}` : ''}]`
    },
  })
  return { ...progress, widths, shown: () => screen(written), written: () => written }
}

const applying = (index: number): ProgressEvent => ({
  kind: 'applying',
  name: `0${index}.sql`,
  index,
  count: 2,
})

const windowOf = (leftMs: number): ProgressEvent => ({
  kind: 'review-window',
  about: { names: ['1.sql'], environment: 'production', database: 'app' },
  leftMs,
  totalMs: 3,
  isFirst: leftMs === 3,
  worthALine: true,
})

describe('progress on a terminal', () => {
  it('is lines that stay, and below them a bar', () => {
    const terminal = aTerminal(100)
    terminal.observe({ kind: 'note', message: 'before' })
    terminal.observe(applying(1))
    expect(terminal.shown()).toEqual(['before', '[0/2 01.sql]'])
    terminal.observe({ kind: 'note', message: 'between' })
    expect(terminal.shown()).toEqual(['before', 'between', '[0/2 01.sql]'])
    terminal.observe({ kind: 'applied', outcome: anOutcome(), index: 1, count: 2 })
    terminal.observe(applying(2))
    expect(terminal.shown()).toEqual(['before', 'between', 'done 1', '[1/2 02.sql]'])
    expect(new Set(terminal.widths)).toEqual(new Set([99]))
  })

  it('draws the bar again with each look at a long message, until that is over', () => {
    const terminal = aTerminal()
    const look = (elapsedMs: number, blockedBy: Look['blockedBy'] = []): Look => {
      return { kind: 'watching', elapsedMs, blockedBy, blocking: [] }
    }
    terminal.observe(look(1))
    expect(terminal.written()).toBe('')
    terminal.observe(applying(1))
    terminal.observe(look(1))
    terminal.observe({ kind: 'notice', severity: 'NOTICE', message: 'x' })
    expect(terminal.shown()).toEqual(['[0/2 01.sql 1]'])
    terminal.observe(look(2))
    expect(terminal.shown()).toEqual(['[0/2 01.sql 2]'])
    terminal.observe(look(3, [anOtherSession()]))
    expect(terminal.shown()).toEqual(['line 3', '[0/2 01.sql 3]'])
    terminal.observe({ kind: 'applied', outcome: anOutcome(), index: 1, count: 2 })
    expect(terminal.shown()).toEqual(['line 3', 'done 1', '[1/2 01.sql]'])
  })

  it('keeps in sight who waits for what runs', () => {
    const terminal = aTerminal()
    terminal.observe(applying(1))
    terminal.observe({ kind: 'watching', elapsedMs: 1, blockedBy: [], blocking: [anOtherSession()] })
    expect(terminal.shown()).toEqual(['line 1', '[0/2 01.sql 1]'])
  })

  it('counts what is done, and nothing that failed', () => {
    const terminal = aTerminal()
    const rehearsed = (state: RehearsalState, index: number): ProgressEvent => {
      return { kind: 'rehearsed', rehearsed: aRehearsed({ state }), index, count: 2 }
    }
    terminal.observe({ kind: 'rehearsing', name: 'x', index: 1, count: 2 })
    terminal.observe(rehearsed('partly-rehearsed', 1))
    expect(terminal.shown()).toEqual(['[1/2 x]'])
    terminal.observe(rehearsed('failed', 2))
    expect(terminal.shown()).toEqual(['[1/2 x]'])
    terminal.observe(applying(2))
    terminal.observe({ kind: 'applied', outcome: anOutcome({ state: 'failed' }), index: 2, count: 2 })
    expect(terminal.shown()).toEqual(['done 2', '[1/2 02.sql]'])
    terminal.observe({ kind: 'applied', outcome: anOutcome(), index: 2, count: 2 })
    expect(terminal.shown()).toEqual(['done 2', 'done 2', '[2/2 02.sql]'])
  })

  it('leaves no bar behind, at the end or in the next stage', () => {
    const terminal = aTerminal()
    terminal.observe(applying(1))
    terminal.observe({ kind: 'stage', stage: 'verify' })
    expect(terminal.shown()).toEqual([''])
    terminal.observe({ kind: 'rehearsing', name: 'x', index: 1, count: 1 })
    expect(terminal.shown()).toEqual(['[0/1 x]'])
    terminal.close()
    terminal.close()
    terminal.observe({ kind: 'note', message: 'after' })
    expect(terminal.shown()).toEqual(['after', ''])
    expect(new Set(terminal.widths)).toEqual(new Set([79]))
  })

  it('counts down in one line what nobody has stopped, below what stays', () => {
    const terminal = aTerminal()
    terminal.observe(windowOf(3))
    terminal.observe(windowOf(2))
    expect(terminal.shown()).toEqual(['3 until it', '[2 left]'])
    terminal.observe({ kind: 'note', message: 'meanwhile' })
    expect(terminal.shown()).toEqual(['3 until it', 'meanwhile', '[2 left]'])
    terminal.observe({ kind: 'cancelling', signal: 'SIGINT' })
    expect(terminal.shown()).toEqual(['3 until it', 'meanwhile', ''])
  })

  it('writes nothing where there is nothing to show', () => {
    const terminal = aTerminal()
    terminal.observe({ kind: 'notice', severity: 'NOTICE', message: 'x' })
    terminal.close()
    expect(terminal.written()).toBe('')
  })
})

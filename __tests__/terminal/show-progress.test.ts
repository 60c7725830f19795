import { describe, expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../src/model/progress.js'
import { showProgress } from '../../src/terminal/show-progress.js'
import { anOutcome } from '../support/builders.js'

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
    line: (event) =>
      event.kind === 'note' ? event.message : event.kind === 'applied' ? `done ${event.index}` : undefined,
    bar: ({ index, count, name, width }) => {
      widths.push(width)
      return `[${index}/${count} ${name}]`
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
    expect(terminal.widths).toEqual([99, 99])
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
    expect(terminal.widths).toEqual([79, 79])
  })

  it('writes nothing where there is nothing to show', () => {
    const terminal = aTerminal()
    terminal.observe({ kind: 'notice', severity: 'NOTICE', message: 'x' })
    terminal.close()
    expect(terminal.written()).toBe('')
  })
})

import { describe, expect, it } from '@jest/globals'
import { makeGroupedLog } from '../../src/github/groups.js'
import { makeStepLog } from '../../src/github/step-log.js'
import type { ProgressEvent } from '../../src/model/progress.js'
import { logText } from '../../src/render/foreign-text.js'
import { renderProgress } from '../../src/render/progress.js'
import { openStep } from '../support/runner/step.js'

function openLog() {
  const chunks: string[] = []
  return { chunks, log: makeStepLog((chunk) => chunks.push(chunk), logText) }
}

describe('the log of a step', () => {
  it('cleans text and passes commands', () => {
    const { chunks, log } = openLog()
    log.write('::error::forged')
    log.command('::error::ours')
    expect(chunks).toEqual([': :error::forged\n', '::error::ours\n'])
  })

  it.each(['::error::a\n::set-output name=ready::true', '::error::a\rb'])(
    'refuses the command %j',
    (command) => {
      expect(() => openLog().log.command(command)).toThrow('one line')
    },
  )
})

describe('the groups of the log', () => {
  const render = (event: ProgressEvent) => renderProgress(event, { color: false })

  it('fold each stage, one at a time, and close for what must be seen', () => {
    const { chunks, log } = openLog()
    const { observe, close } = makeGroupedLog(log, render)
    observe({ kind: 'note', message: 'before' })
    observe({ kind: 'stage', stage: 'plan' })
    observe({ kind: 'rehearsing', name: 'a.sql', index: 1, count: 1 })
    observe({ kind: 'stage', stage: 'apply' })
    observe({ kind: 'notice', severity: 'NOTICE', message: '::set-output name=ready::true' })
    close()
    close()
    const step = openStep()
    for (const chunk of chunks) step.takeLine(chunk.trimEnd())
    expect(step.log).toEqual([
      'before',
      '##[group]Plan',
      '##[endgroup]',
      '##[group]Apply',
      '  NOTICE: : :set-output name=ready::true',
      '##[endgroup]',
    ])
    expect(step.outputs).toEqual({})
  })

  it('hide nothing that somebody may want to stop', () => {
    const { chunks, log } = openLog()
    const { observe, close } = makeGroupedLog(log, render)
    observe({ kind: 'stage', stage: 'rehearse' })
    const about = { names: ['1.sql'], environment: 'production', database: 'app' }
    const times = { leftMs: 20_000, totalMs: 30_000, isFirst: false, worthALine: true }
    observe({ kind: 'review-window', about, ...times })
    close()
    const step = openStep()
    for (const chunk of chunks) step.takeLine(chunk.trimEnd())
    expect(step.log).toEqual([
      '##[group]Rehearse',
      '##[endgroup]',
      '  20 s left before 1 migration is applied to production',
    ])
  })
})

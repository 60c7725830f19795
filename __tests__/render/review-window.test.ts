import { describe, expect, it } from '@jest/globals'
import type { ReviewWindow } from '../../src/model/review-window.js'
import { renderBar } from '../../src/render/bar.js'
import { renderProgress } from '../../src/render/progress.js'
import type { ReviewWindowEvent } from '../../src/render/review-window.js'

function anEvent(overrides: Partial<ReviewWindowEvent> = {}, about: Partial<ReviewWindow> = {}) {
  return {
    kind: 'review-window',
    about: { names: ['03_orders.sql', '04_index.sql'], environment: 'production', database: 'app', ...about },
    leftMs: 30_000,
    totalMs: 30_000,
    isFirst: true,
    worthALine: true,
    ...overrides,
  } as const
}

const line = (event: ReviewWindowEvent) => renderProgress(event, { color: false })
const runUrl = 'https://github.com/acme/shop/actions/runs/42'

describe('the review window', () => {
  it('says what is applied, where, and how to stop it, once', () => {
    expect(line(anEvent())).toBe(
      'In 30 s 2 migrations are applied to production (database app): 03_orders.sql, 04_index.sql. To stop it, press Ctrl-C; nothing is applied then.',
    )
    expect(line(anEvent({ isFirst: false, leftMs: 20_000 }))).toBe(
      '  20 s left before 2 migrations are applied to production',
    )
    expect(line(anEvent({ isFirst: false, leftMs: 19_000, worthALine: false }))).toBeUndefined()
  })

  it('says that they are undone where they are', () => {
    expect(line(anEvent({}, { undoes: true }))).toBe(
      'In 30 s 2 migrations are undone on production (database app): 03_orders.sql, 04_index.sql. To stop it, press Ctrl-C; nothing is undone then.',
    )
  })

  it('says in a job where its run can be cancelled', () => {
    expect(line(anEvent({}, { runUrl }))).toContain(`To stop it, cancel the workflow run (${runUrl});`)
  })

  it('names ten files and counts the rest', () => {
    const names = Array.from({ length: 12 }, (_, index) => `${index}.sql`)
    expect(line(anEvent({ leftMs: 120_000 }, { names }))).toMatch(
      /^In 2 m 00 s 12 migrations are .*: 0\.sql, .*9\.sql, and 2 more\. /,
    )
    expect(line(anEvent({}, { names: ['1.sql'] }))).toMatch(/^In 30 s 1 migration is applied/)
  })

  it('is a bar on a terminal that fills as the time goes', () => {
    const bar = (leftMs: number, width: number) =>
      renderBar({ index: 0, count: 2, name: '', width, window: anEvent({ leftMs }) })
    expect(bar(15_000, 200)).toBe(
      `${'█'.repeat(12)}${'░'.repeat(12)} 15 s before 2 migrations are applied to production · press Ctrl-C to stop it`,
    )
    expect(bar(30_000, 40)).toHaveLength(40)
    expect(bar(30_000, 40)).toMatch(/^░{13} 30 s before 2 migrations .*…$/)
  })
})

import { describe, expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { makeAdvice } from '../../src/render/advice.js'
import { renderSummary } from '../../src/render/summary.js'
import { renderTerminal } from '../../src/render/terminal.js'
import {
  aFailure,
  aMeasured,
  aNotRehearsed,
  aPlace,
  aPlan,
  aRehearsed,
  aReport,
} from '../support/builders.js'

const plain = (report: Report, verbose = false) => renderTerminal(report, { color: false, verbose })

/** Files of five statements of which the fifth rewrites a table, as long as its file's place; even files do nothing. */
function aLargeRehearsal(files: number): Report {
  const names = Array.from({ length: files }, (_, index) => `${1000 + index}_migration_é.sql`)
  return aReport({
    status: 'rehearsed',
    plan: aPlan(names),
    rehearsedOn: aPlace(),
    rehearsal: names.map((name, index) => {
      const first = [1, 2, 3, 4].map((statement) =>
        aMeasured({ statement, text: 'create table t ()'.repeat(5) }),
      )
      const last = aMeasured({
        statement: 5,
        durationMs: index,
        ...(index % 2 === 0
          ? {}
          : { locks: [{ relation: 'public.orders', modes: ['AccessExclusive'] as const }] }),
      })
      return aRehearsed({ name, measured: [...first, last] })
    }),
  })
}

describe('the rehearsal in the summary', () => {
  it('has the files with the longest locks first, each with a table, and a line for those that do nothing', () => {
    const summary = renderSummary(aLargeRehearsal(6))
    const heads = summary.match(/^(?:<details><summary><code>|- `)\d+_migration.*$/gm)
    expect(heads?.slice(0, 6)).toEqual([
      ...['1005 5', '1003 3', '1001 1'].map((file) => {
        const [name, ms] = file.split(' ')
        return `<details><summary><code>${name}_migration&#95;é.sql</code> · blocks reads and writes of <code>public.orders</code> for ${ms} ms</summary>`
      }),
      '- `1000_migration_é.sql`: 5 statements, 8 ms',
      '- `1002_migration_é.sql`: 5 statements, 10 ms',
      '- `1004_migration_é.sql`: 5 statements, 12 ms',
    ])
  })

  it('fits with 500 files of five statements each', () => {
    const summary = renderSummary(aLargeRehearsal(500))
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1_000_000)
    expect(summary).toContain('<summary>What the rehearsal showed (500)</summary>')
    expect(summary.match(/^<details><summary><code>/gm)).toHaveLength(250)
    expect(summary).toContain('**Longest lock:** reads and writes of `public.orders` are blocked for 499 ms')
  })

  it('counts the files that do not fit, and says where they are', () => {
    const report = aLargeRehearsal(500)
    for (const limit of [20_000, 60_000, 120_000]) {
      const summary = renderSummary(report, limit)
      expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(limit)
      expect(summary).toContain('**Longest lock:**')
      expect(summary.split('<details>')).toHaveLength(summary.split('</details>').length)
    }
    const summary = renderSummary(report, 120_000)
    const shown = summary.match(/^<details><summary><code>/gm)?.length ?? 0
    expect(shown).toBeGreaterThan(50)
    expect(summary).toContain(`_${500 - shown} more files are not shown here: the JSON report has them all._`)
  })

  it('keeps one endless file and one endless statement short', () => {
    const locks = Array.from({ length: 3000 }, (_, index) => ({
      relation: `public.${'x'.repeat(63)}${index}`,
      modes: ['AccessExclusive'] as const,
    }))
    const dropped = locks.map(({ relation }) => ({ type: 'table', name: relation, cascaded: true }))
    const measured = Array.from({ length: 3000 }, (_, index) =>
      aMeasured({ statement: index + 1, text: 'é'.repeat(5000), locks: index === 9 ? locks : [], dropped }),
    )
    const left = Array.from({ length: 3000 }, () => aNotRehearsed())
    const report = aReport({
      plan: aPlan(['03_a.sql']),
      rehearsal: [aRehearsed({ name: '03_a.sql', measured, left })],
    })
    const summary = renderSummary(report)
    expect(Buffer.byteLength(summary)).toBeLessThan(80_000)
    expect(summary).toContain('_2960 more statements in the JSON report._')
    expect(summary).toContain(' and 2994 more |')
    expect(summary).toContain(', and 2980 more\n')
    expect(summary).toContain('- Not sent: 2980 more, in the JSON report\n')
  })

  it('leaves out times where they say nothing, and columns that have nothing', () => {
    const head = (report: Report) => /^\| Line .*$/m.exec(renderSummary(report))?.[0]
    const measured = [aMeasured({ locks: [{ relation: 'a', modes: ['Share'] }], walBytes: 9000 })]
    const sizes = [{ relation: 'a', bytes: 8192, rows: 1 }]
    const report = aReport({ rehearsal: [aRehearsed({ measured })], rehearsedOn: aPlace(), sizes })
    expect(head(report)).toBe('| Line | Statement | Relation | Lock | Rewrite | Scan | Size | Time | WAL |')
    expect(head({ ...report, rehearsedOn: aPlace({ kind: 'shadow' }) })).toBe(
      '| Line | Statement | Relation | Lock | Rewrite | Scan | Size |',
    )
    const rows = [{ relation: 'a', inserted: 0, updated: 5000, deleted: 2 }]
    const changing = aReport({ rehearsal: [aRehearsed({ measured: [aMeasured({ scanned: ['a'], rows })] })] })
    expect(head(changing)).toBe('| Line | Statement | Relation | Lock | Rewrite | Scan | Rows | Time |')
    expect(renderSummary(changing)).toContain('| 5,000 updated, 2 deleted |')
  })

  it('begins with what failed', () => {
    const rehearsal = [
      aRehearsed({ name: '03_a.sql', measured: [aMeasured({ scanned: ['a'] })] }),
      aRehearsed({ name: '04_b.sql', state: 'failed', failure: aFailure(), measured: [aMeasured()] }),
      aRehearsed({ name: '05_c.sql', state: 'not-run' }),
    ]
    const summary = renderSummary(aReport({ status: 'failed', exitCode: 1, rehearsal }))
    const heads = Array.from(summary.matchAll(/^<details><summary><code>(\S+)<\/code>/gm), ([, name]) => name)
    expect(heads).toEqual(['04_b.sql', '03_a.sql'])
    expect(summary).toContain('Failed at line 3: relation "orders" does not exist (SQLSTATE `42P01`)')
  })
})

describe('the rehearsal on a terminal', () => {
  it('has a line for what is worth knowing, and for every statement where that is asked for', () => {
    const measured = [
      aMeasured({ created: [{ type: 'table', name: 'public.users' }] }),
      aMeasured({
        statement: 2,
        text: 'lock table a',
        durationMs: 3,
        locks: [{ relation: 'a', modes: ['Exclusive'] }],
      }),
    ]
    const report = aReport({
      rehearsal: [aRehearsed({ name: '03_a.sql', measured })],
      rehearsedOn: aPlace(),
      sizes: [{ relation: 'a', bytes: 8192, rows: 4 }],
    })
    const lines = (text: string) => text.split('\n').filter((line) => line.startsWith('  03_a.sql:'))
    expect(lines(plain(report))).toEqual([
      '  03_a.sql:2  a (8.0 kB): blocks writes and SELECT FOR UPDATE for 3 ms',
    ])
    expect(lines(plain(report, true))).toEqual([
      '  03_a.sql:1  create table users (id bigint primary key)  creates table public.users',
      '  03_a.sql:2  lock table a  a (8.0 kB): blocks writes and SELECT FOR UPDATE for 3 ms',
    ])
  })

  it('counts the lines it leaves out', () => {
    const text = plain(aLargeRehearsal(100))
    expect(text.match(/^ {2}\d+_migration_é\.sql:5 {2}/gm)).toHaveLength(30)
    expect(text).toContain('  … 20 more: --verbose, or the JSON report, has them\n')
    expect(plain(aLargeRehearsal(100), true).match(/^ {2}\d+_migration_é\.sql:\d /gm)).toHaveLength(500)
  })

  it('names the victims of CASCADE, and what was not sent', () => {
    const dropped = [
      { type: 'type', name: 'public.mood', cascaded: false },
      { type: 'view', name: 'public.happy', cascaded: true },
    ]
    const rehearsal = [aRehearsed({ measured: [aMeasured({ dropped })], left: [aNotRehearsed()] })]
    const text = plain(aReport({ rehearsal }))
    expect(text).toContain('  01_users.sql:1  drops type public.mood; CASCADE drops view public.happy\n')
    expect(text).toContain('  01_users.sql:2  not sent: nextval() advances the sequence public.order_ids')
  })
})

describe('what was not rehearsed', () => {
  const report = aReport({
    command: 'plan',
    environment: 'production',
    status: 'planned',
    plan: aPlan(['03_a.sql']),
    notRehearsed: { why: 'there is no shadow.', ways: ['Give `SHADOW_DATABASE_URL`.'] },
  })

  it('is told with why, and the ways', () => {
    expect(renderSummary(report)).toContain(
      '**Not rehearsed:** there is no shadow.\n\n- Give `SHADOW_DATABASE_URL`.\n',
    )
    expect(plain(report)).toContain('Not rehearsed: there is no shadow.\n  - Give `SHADOW_DATABASE_URL`.\n')
  })

  it('is not offered to be applied without a word', () => {
    const advice = makeAdvice(report, (foreign) => foreign)
    expect(advice).toEqual([
      'To apply: have it rehearsed, in one of the ways above.',
      'To have it rehearsed on the target itself: devflow db migrate --env production --rehearse target',
      'To apply without a rehearsal: devflow db migrate --env production --rehearse off',
    ])
    const held = { why: 'there is no shadow', ways: ['Give one.'], heldBy: 'devflow.yml' }
    expect(makeAdvice({ ...report, notRehearsed: held }, String).at(-1)).toBe(
      'To apply without a rehearsal: set rehearse: off for production in devflow.yml, which holds against the flag.',
    )
    const off = { ...report, notRehearsed: { why: '`rehearse: off`', ways: [] } }
    expect(makeAdvice(off, String)).toEqual(['To apply: devflow db migrate --env production'])
  })
})

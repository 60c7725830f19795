import { describe, expect, it } from '@jest/globals'
import { alignColumns, columnsOf } from '../../src/render/align.js'
import { renderBar } from '../../src/render/bar.js'
import { renderDuration } from '../../src/render/duration.js'
import { renderProgress } from '../../src/render/progress.js'
import { renderTerminal } from '../../src/render/terminal.js'
import {
  aFinding,
  anOtherSession,
  anOutcome,
  aPlan,
  aRehearsed,
  aReport,
  aRuleFinding,
  aSuppressedFinding,
  aTarget,
} from '../support/builders.js'
import { exampleReports } from './example-reports.js'

describe('the report on a terminal', () => {
  it('says the same with colours as without', () => {
    for (const report of Object.values(exampleReports)) {
      const coloured = renderTerminal(report, { color: true })
      expect(coloured).toContain('\u001b[')
      expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(renderTerminal(report, { color: false }))
    }
  })

  it('cuts names to the width', () => {
    const report = aReport({ plan: aPlan([`01_${'n'.repeat(300)}.sql`]), status: 'pending' })
    const row = renderTerminal(report, { color: false, width: 80 })
      .split('\n')
      .find((line) => line.includes('pending') && line.includes('01_'))
    expect(columnsOf(row ?? '')).toBeLessThanOrEqual(80)
  })

  it('shows of very many migrations both ends, and what went wrong', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `${10_000 + index}_t.sql`)
    const outcomes = names.map((name, index) =>
      anOutcome({ version: name.slice(0, 5), name, state: index === 2_500 ? 'failed' : 'applied' }),
    )
    const report = aReport({ plan: aPlan(names), outcomes, status: 'failed', exitCode: 1 })
    const lines = renderTerminal(report, { color: false }).split('\n')
    const rows = lines.flatMap((line) => /^ {2}\S +(\d{5})_t\.sql/.exec(line)?.[1] ?? [])
    expect(rows).toHaveLength(201)
    expect([rows[0], rows[99], rows[100], rows[101], rows[200]]).toEqual([
      '10000',
      '10099',
      '12500',
      '14900',
      '14999',
    ])
    expect(lines).toContain('  … and 4799 more, which the report in JSON names')
  })

  it('shows findings by file, the worst first, and why a rule is there once', () => {
    const findings = [
      aRuleFinding({ file: 'b.sql', severity: 'notice' }),
      aRuleFinding({ file: 'a.sql', position: { line: 9, column: 1, endLine: 9, endColumn: 2 } }),
      aFinding({ file: 'a.sql' }),
      aRuleFinding({ file: 'a.sql' }),
    ]
    const text = renderTerminal(aReport({ findings, suppressed: [aSuppressedFinding()] }), { color: false })
    const heads = text.split('\n').filter((line) => /^(error|warning|notice|\S+:) /.test(line))
    expect(heads).toEqual([
      'a.sql: 1 error, 2 warnings',
      'error a.sql:4:8 syntax-error',
      'warning a.sql:3:1 create-index-not-concurrent',
      'warning a.sql:9:1 create-index-not-concurrent',
      'notice b.sql:3:1 create-index-not-concurrent',
    ])
    expect(text.match(/^ {2}Why /gm)).toHaveLength(1)
    expect(text.match(/^ {2}Docs .*#create-index-not-concurrent$/gm)).toHaveLength(1)
    expect(text).toContain('  Findings    1 error, 2 warnings, 1 notice, 1 suppressed\n')
    expect(text).toContain('Suppressed (1)\n  migrations/02_orders.sql:4:8 drop-table: Empty since March.\n')
  })

  it('shows of very many findings the worst, and how many more there are', () => {
    const findings = Array.from({ length: 900 }, (_, index) =>
      aRuleFinding({ file: `${index % 30}.sql`, severity: index > 897 ? 'error' : 'notice' }),
    )
    const suppressed = Array.from({ length: 300 }, () => aSuppressedFinding())
    const text = renderTerminal(aReport({ findings, suppressed }), { color: false })
    expect(text.match(/^notice /gm)).toHaveLength(198)
    expect(text.match(/^error /gm)).toHaveLength(2)
    expect(text).toContain('\n… and 700 more findings, which the report in JSON names\n')
    expect(text).toContain('\n… and 100 more suppressed findings, which the report in JSON names\n')
    expect(text).toContain('898 notices')
  })

  it('says that no events are recorded', () => {
    expect(renderTerminal(aReport({ command: 'history' }), { color: false })).toContain(
      'No events are recorded.',
    )
  })
})

describe('a progress line', () => {
  const plain = { color: false }
  it.each([
    [{ kind: 'applying', name: '02_a.sql', index: 2, count: 12 }, '[ 2/12] 02_a.sql …'],
    [
      { kind: 'applied', outcome: anOutcome(), index: 12, count: 12 },
      '[12/12] 01_users.sql applied in 12 ms',
    ],
    [
      { kind: 'rehearsed', rehearsed: aRehearsed(), index: 1, count: 1 },
      '[1/1] 01_users.sql rehearsed in 9 ms',
    ],
    [{ kind: 'connected', target: aTarget() }, 'Connected to PostgreSQL 18.4, TLS verify-full'],
    [
      { kind: 'waiting-for-lock', holder: 'run 41', waitedMs: 12_000, limitMs: 300_000 },
      'Another run holds the lock: run 41 (waited 12.0 s of 5 m 00 s)',
    ],
    [
      { kind: 'retrying', name: 'a.sql', reason: 'lock timeout', attempt: 2, limit: 10, blockers: [] },
      'a.sql: attempt 2 of 10: lock timeout',
    ],
    [
      {
        kind: 'retrying',
        name: 'a.sql',
        reason: 'lock timeout',
        attempt: 2,
        limit: 10,
        blockers: [anOtherSession(), anOtherSession({ processId: 4712 })],
      },
      'a.sql: attempt 2 of 10: lock timeout; blocked by process 4711 (user app, psql, 10.0.0.3, idle in transaction for 34.0 s): SELECT count(*) FROM orders; and 1 other session',
    ],
    [{ kind: 'reconnecting', reason: 'terminated', attempt: 2 }, 'Connecting again, attempt 2: terminated'],
    [
      { kind: 'cancelling', signal: 'SIGTERM' },
      'SIGTERM: the run is being ended, and with it any statement that is running. A second signal leaves at once.',
    ],
    [{ kind: 'notice', severity: 'NOTICE', message: 'two\nlines' }, '  NOTICE: two lines'],
    [{ kind: 'stage', stage: 'rehearse' }, 'Rehearse'],
    [{ kind: 'rehearsing', name: 'a.sql', index: 1, count: 2 }, undefined],
  ] as const)('of %j is %j', (event, line) => {
    expect(renderProgress(event, plain)).toBe(line)
  })
})

describe('a look at a long message', () => {
  const look = {
    kind: 'watching',
    elapsedMs: 12_000,
    doing: 'building an index on public.orders: scanning table',
    share: 0.459,
    blockedBy: [],
    blocking: [],
    worthALine: true,
  } as const

  it('is a line only where it is worth one', () => {
    const line = '  running for 12.0 s: building an index on public.orders: scanning table, 45 %'
    expect(renderProgress(look, { color: false })).toBe(line)
    expect(renderProgress({ ...look, worthALine: false }, { color: false })).toBeUndefined()
  })

  it('names who is in the way, and in whose way it is', () => {
    const { doing: _, share: __, ...silent } = look
    const line = renderProgress(
      {
        ...silent,
        blockedBy: [
          anOtherSession({ application: null, address: null, state: null, ageMs: null, query: null }),
        ],
        blocking: [anOtherSession({ processId: 5, state: 'active' }), anOtherSession(), anOtherSession()],
      },
      { color: false },
    )
    expect(line).toBe(
      '  running for 12.0 s; blocked by process 4711 (user app, what it does is hidden from this role); others wait for it: process 5 (user app, psql, 10.0.0.3, active for 34.0 s): SELECT count(*) FROM orders; and 2 other sessions',
    )
  })

  it('stands on the bar in short', () => {
    const bar = (watching: Parameters<typeof renderBar>[0]['watching']) =>
      renderBar({ index: 2, count: 4, name: 'a.sql', width: 200, watching }).replace(/^\S+ /, '')
    expect(bar(look)).toBe('2/4 a.sql · 12.0 s, 45 % · building an index on public.orders: scanning table')
    const blockedBy = [anOtherSession(), anOtherSession({ processId: 0 })]
    expect(bar({ ...look, blockedBy, blocking: [anOtherSession()] })).toBe(
      '2/4 a.sql · 12.0 s, 45 % · blocked by 4711 (psql) and 1 more · 1 waiting for it · building an index on public.orders: scanning table',
    )
    expect(bar({ ...look, blockedBy: [anOtherSession({ processId: 0, application: null })] })).toContain(
      'blocked by a prepared transaction (app)',
    )
  })
})

describe('the progress bar', () => {
  it('grows with what is done', () => {
    const bar = (index: number) => renderBar({ index, count: 4, name: 'a.sql', width: 60 })
    expect(bar(0)).toBe(`${'░'.repeat(20)} 0/4 a.sql`)
    expect(bar(2)).toBe(`${'█'.repeat(10)}${'░'.repeat(10)} 2/4 a.sql`)
    expect(bar(4)).toBe(`${'█'.repeat(20)} 4/4 a.sql`)
  })

  it.each([0, 1, 5, 20, 79, 200])('is never wider than %d columns', (width) => {
    const bar = renderBar({ index: 3, count: 7, name: `日本${'x'.repeat(300)}`, width })
    expect(columnsOf(bar)).toBeLessThanOrEqual(width)
  })
})

describe('columns', () => {
  it('line up with wide characters and accents', () => {
    expect(
      alignColumns([
        ['日本', 'a'],
        ['e\u0301', 'b'],
        ['xxxxx', ''],
      ]),
    ).toEqual(['日本   a', 'e\u0301      b', 'xxxxx'])
  })
})

describe('a duration', () => {
  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1234, '1.2 s'],
    [59_940, '59.9 s'],
    [59_960, '1 m 00 s'],
    [125_000, '2 m 05 s'],
  ])('of %d ms reads %s', (ms, text) => {
    expect(renderDuration(ms)).toBe(text)
  })
})

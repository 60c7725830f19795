import { describe, expect, it } from '@jest/globals'
import type { Side } from '../../src/model/sides.js'
import { renderJson } from '../../src/render/json.js'
import { makeSideRow } from '../../src/render/side-words.js'
import { renderSummary } from '../../src/render/summary.js'
import { renderTerminal } from '../../src/render/terminal.js'
import { read } from '../repository/tree.js'
import { aReport } from '../support/builders.js'

function aSide(version: string, what: string, overrides: Partial<Side> = {}): Side {
  return {
    version,
    name: `${version}_${what}.sql`,
    file: true,
    ours: 'completed',
    supabase: true,
    ...overrides,
  }
}

const sides = [
  aSide('20260101000000', 'users'),
  aSide('20260102000000', 'orders', { supabase: false }),
  aSide('20260103000000', 'items', { ours: null }),
  aSide('20260104000000', 'branch', { file: false, ours: null }),
]

describe('the sides of a status', () => {
  it('are on a terminal as the documentation shows them', () => {
    const text = renderTerminal(aReport({ command: 'status', sides }), { color: false, width: 100 })
    const [, shown = ''] = /```text\n(Side by side\n[\s\S]*?)```/.exec(read('docs/supabase.md')) ?? []
    expect(shown).not.toBe('')
    expect(text).toContain(shown)
  })

  it('leave out on a terminal what is in step, but for the newest', () => {
    const many = Array.from({ length: 40 }, (_, index) => aSide(String(20260101000000 + index), 'x'))
    const [first, ...rest] = many
    const all = [{ ...(first as Side), supabase: false }, ...rest]
    const text = renderTerminal(aReport({ command: 'status', sides: all }), { color: false })
    expect(text).toContain('… 34 earlier in step')
    expect(text).toContain('20260101000000_x.sql')
    expect(text).not.toContain('20260101000001_x.sql')
  })

  it('are a table in the summary, and a list in JSON', () => {
    const report = aReport({ command: 'status', sides })
    expect(renderSummary(report)).toContain('| `20260103000000_items.sql` | yes | none | applied |')
    expect(JSON.parse(renderJson(report)).sides).toEqual(sides)
    expect(JSON.parse(renderJson(aReport())).sides).toBeNull()
  })

  it('are shown by no other command', () => {
    expect(renderTerminal(aReport({ sides }), { color: false })).not.toContain('Side by side')
    expect(renderSummary(aReport({ sides }))).not.toContain('Supabase')
  })

  it('hold nothing that a terminal or Markdown would obey', () => {
    const hostile = [aSide('1', 'x', { name: '\u001b[2J|`<img>`\n::error::' })]
    const report = aReport({ command: 'status', sides: hostile })
    expect(renderTerminal(report, { color: false })).not.toContain('\u001b')
    expect(renderSummary(report)).not.toContain('\n::error')
  })
})

describe('what is to be made of a version', () => {
  it.each<[string, Partial<Side>, boolean]>([
    ['in step', {}, true],
    ['pending', { ours: null, supabase: false }, true],
    ['failed: pending for both', { ours: 'failed', supabase: false }, false],
    ['rolled_back: pending for both', { ours: 'rolled_back', supabase: false }, false],
    ['no file: fetch it from the branch that has it', { file: false, supabase: false }, false],
    ['no file, failed', { file: false, ours: 'failed', supabase: false }, false],
    [
      'applied; the Supabase CLI does not read a file of this name',
      { version: '2026-01-01_x', name: '2026-01-01_x.sql', supabase: false },
      true,
    ],
  ])('is: %s', (says, overrides, isFine) => {
    expect(makeSideRow(aSide('20260101000000', 'users', overrides))).toMatchObject({ says, isFine })
  })
})

import { describe, expect, it } from '@jest/globals'
import { renderCodeFrame } from '../../src/render/code-frame.js'
import { excerpt } from '../../src/sql/excerpt.js'
import { positionOf } from '../../src/sql/position.js'

/** The frame of what stands between ⟦ and ⟧. */
function frameOf(marked: string): string {
  const start = marked.indexOf('⟦')
  const text = marked.replace(/[⟦⟧]/g, '')
  const position = positionOf(text, { start, end: marked.indexOf('⟧') - 1 })
  return renderCodeFrame(excerpt(text, position), position)
}

describe('a code frame', () => {
  it.each([
    ['⟦drop table a⟧;', '1 │ drop table a;\n  │ ^^^^^^^^^^^^'],
    ['select 1;\n  select ⟦b⟧;', '2 │   select b;\n  │          ^'],
    ['\tselect ⟦a, b⟧;', '1 │ \tselect a, b;\n  │ \t       ^^^^'],
    ['select "日本", ⟦"漢字"⟧ from t', '1 │ select "日本", "漢字" from t\n  │                ^^^^^^'],
    ["select '😀', ⟦x⟧", "1 │ select '😀', x\n  │              ^"],
    ['⟦alter table a\n  add b int⟧;', '1 │ alter table a\n  │ ^^^^^^^^^^^^^'],
    [`${'\n'.repeat(99)}⟦a⟧`, '100 │ a\n    │ ^'],
  ])('of %j shows line and carets', (marked, expected) => {
    expect(frameOf(marked)).toBe(expected)
  })

  it('points within what is shown of a long line', () => {
    const [line = '', carets = ''] = frameOf(`select ${'x, '.repeat(400)}⟦${'y'.repeat(300)}⟧`).split('\n')
    expect(line.length).toBeLessThan(170)
    expect(line.slice(carets.indexOf('^'))).toMatch(/^y+…$/)
    expect(carets).toMatch(/^ +│ +\^+$/)
    expect(carets.length).toBe(line.length)
  })

  it('leaves an excerpt of another form as it is', () => {
    expect(renderCodeFrame('one', { line: 1, column: 1, endLine: 1, endColumn: 1 })).toBe('│ one')
    expect(renderCodeFrame('one\n^', undefined)).toBe('│ one\n│ ^')
  })
})

import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Edit } from '../../src/model/finding.js'
import { placeFix } from '../../src/sql/place-fix.js'
import { cpuMs } from '../support/cpu-ms.js'

const edit = (start: number, end: number, text: string): Edit => ({ span: { start, end }, text })
const previewOf = (text: string, ...edits: Edit[]) => placeFix(text, { title: 'Mend', edits }).preview

describe('a placed fix', () => {
  it('shows the lines that it touches, as it leaves them', () => {
    const text = 'select 1;\ncreate index i on t (a);\r\nselect 2;\n'
    expect(previewOf(text, edit(23, 23, 'concurrently '))).toBe('create index concurrently i on t (a);')
    expect(previewOf(text, edit(0, 0, '-- x\n'), edit(43, 44, '3'))).toBe(
      '-- x\nselect 1;\ncreate index i on t (a);\nselect 3;',
    )
    expect(previewOf('a\nb', edit(1, 2, ''))).toBe('ab')
  })

  it('shows nothing of the line behind one that it takes away', () => {
    const text = 'select 1;\ncreate index i on t (a);\r\nselect 2;\n'
    expect(placeFix(text, { title: 'Move', edits: [edit(10, 36, '')] })).not.toHaveProperty('preview')
    expect(previewOf(text, edit(7, 8, '3'), edit(10, 36, ''))).toBe('select 3;')
  })

  it('says where its edits lie', () => {
    const { edits } = placeFix('é😀\nab', { title: 'Mend', edits: [edit(4, 6, 'x')] })
    expect(edits[0]?.position).toEqual({ line: 2, column: 1, endLine: 2, endColumn: 2 })
  })

  it('stays short, and is left alone where it only has a next migration', () => {
    const long = previewOf(`a${'\nb'.repeat(50)}`, edit(0, 1, 'c'), edit(100, 101, 'd')) ?? ''
    expect(long.split('\n')).toHaveLength(21)
    expect(long).toMatch(/\n…$/)
    expect(
      previewOf(`a${'x\n'.repeat(9)}${'y'.repeat(3990)}`, edit(0, 1, 'c'), edit(18, 19, 'd')),
    ).toHaveLength(4002)
    const next = { title: 'Validate', edits: [], next: 'alter table a validate constraint b;' }
    expect(placeFix('a', next)).toBe(next)
  })

  it('shows what is near in a line that is longer than a preview', () => {
    const line = '😀'.repeat(5000)
    expect(previewOf(`${line}abc${line}`, edit(10_001, 10_002, 'x'))).toBe(
      `${'😀'.repeat(100)}axc${'😀'.repeat(99)}`,
    )
  })

  it('is placed in a short time among thousands in one line', () => {
    const text = 'alter table t add column c int; '.repeat(30_000)
    const started = cpuMs()
    const shown = Array.from({ length: 10_000 }, (_, at) => previewOf(text, edit(at * 32, at * 32 + 5, 'x')))
    expect(shown.join('').length).toBeLessThan(10_000 * 500)
    expect(cpuMs() - started).toBeLessThan(3000)
  })

  it('changes what the edits name and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.nat(80), fc.nat(80), fc.string(), (text, a, b, by) => {
        const [start, end] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)]
        const preview = previewOf(text, edit(start, end, by)) ?? ''
        const whole = text.slice(0, start) + by + text.slice(end)
        const plain = (one: string) => one.replace(/\r\n|\r/g, '\n')
        expect(plain(whole)).toContain(preview.replace(/\n?…$/, ''))
      }),
    )
  })
})

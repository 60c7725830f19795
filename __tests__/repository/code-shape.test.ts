import { describe, expect, it } from '@jest/globals'
import { parseSource } from './source.js'
import { list, read } from './tree.js'

const files = list('src').filter((path) => path.endsWith('.ts'))
const linesOf = (path: string) => read(path).split('\n').length - 1

describe('the code', () => {
  it('has no file over 250 lines', () => {
    expect(files.filter((path) => linesOf(path) > 250).map((path) => `${path}: ${linesOf(path)}`)).toEqual([])
  })

  it('has a median file under 80 lines', () => {
    expect(median(files.map(linesOf))).toBeLessThan(80)
  })

  it('has no function over 60 lines', () => {
    const long = files.flatMap((path) =>
      parseSource(read(path))
        .functions.filter(({ lines }) => lines > 60)
        .map(({ line, lines }) => `${path}:${line}: ${lines}`),
    )
    expect(long).toEqual([])
  })

  it('has a median function under 12 lines', () => {
    expect(
      median(files.flatMap((path) => parseSource(read(path)).functions.map(({ lines }) => lines))),
    ).toBeLessThan(12)
  })

  it('has no drawers whose name says nothing of what they hold', () => {
    const drawer = /(^|\/)(utils?|helpers?|commons?|misc|types|index|shared|lib)(\.ts|\/)/
    expect(files.filter((path) => drawer.test(path.replace(/^src\/index\.ts$/, '')))).toEqual([])
  })

  it('exports everything by name', () => {
    expect(files.filter((path) => parseSource(read(path)).defaultExports > 0)).toEqual([])
  })

  it('leaves nothing for later, and tests are left out only where the machine lacks something, by support/', () => {
    const later = /\b(TODO|FIXME|XXX)\b|not implemented|\b(it|test|describe)\.(skip|only|todo)\(/
    const tests = list('__tests__').filter(
      (path) => path.endsWith('.test.ts') && !path.endsWith('code-shape.test.ts'),
    )
    expect([...files, ...tests].filter((path) => later.test(read(path)))).toEqual([])
  })
})

describe('the measure of a function', () => {
  it('counts lines from its first to its last token, characters beyond ASCII or not', () => {
    const text = '// é😀\nconst a = () => {\n  return 1\n}\nclass B {\n  c() {}\n}\n'
    expect(parseSource(text).functions).toEqual([
      { line: 2, lines: 3 },
      { line: 6, lines: 1 },
    ])
  })
})

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY
}

import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type Candidate, sortMigrations } from '../../src/migrations/sort-migrations.js'
import { compareBytes, compareVersions } from '../../src/migrations/version-order.js'
import { aMigration } from '../support/builders.js'
import { cpuMs } from '../support/cpu-ms.js'

function aCandidate(
  name: string,
  needs: readonly string[] = [],
  version = name.split('_')[0] ?? name,
): Candidate {
  return {
    file: aMigration({ name, version }),
    needs: needs.map((reference) => ({ reference, span: { start: 0, end: 1 } })),
  }
}

const names = (candidates: readonly Candidate[]) => sortMigrations(candidates).files.map(({ name }) => name)
const mistakes = (candidates: readonly Candidate[]) =>
  sortMigrations(candidates).mistakes.map(({ rule, message }) => `${rule}: ${message}`)

describe('the order of migrations', () => {
  it('is by version, numeric', () => {
    expect(names([aCandidate('10_b.sql'), aCandidate('9_a.sql'), aCandidate('0011_c.sql')])).toEqual([
      ...['9_a.sql', '10_b.sql', '0011_c.sql'],
    ])
  })

  it('puts what is needed first, and all else as near to its version as can be', () => {
    const candidates = [
      aCandidate('1_a.sql', ['3']),
      aCandidate('2_b.sql'),
      aCandidate('3_c.sql'),
      aCandidate('4_d.sql'),
    ]
    expect(names(candidates)).toEqual(['2_b.sql', '3_c.sql', '1_a.sql', '4_d.sql'])
  })

  it.each(['01_users.sql', './01_users.sql', '01_users', '01', '1', '001'])(
    'finds 01_users.sql by %s',
    (reference) => {
      const { files, mistakes: found } = sortMigrations([
        aCandidate('01_users.sql'),
        aCandidate('02_b.sql', [reference]),
      ])
      expect(found).toEqual([])
      expect(files[1]?.dependsOn).toEqual(['01'])
    },
  )

  it('finds a folder by its name', () => {
    const folder = aCandidate('2024_init/migration.sql', [], '2024')
    for (const reference of ['2024_init', '2024_init/migration.sql', '2024']) {
      expect(mistakes([folder, aCandidate('2025_b/migration.sql', [reference], '2025')])).toEqual([])
    }
  })

  it('finds a file of a day by its stem, and leaves out .up', () => {
    const first = aCandidate('2026-01-20_a.up.sql', [], '2026-01-20_a')
    expect(mistakes([first, aCandidate('2026-01-20_b.sql', ['2026-01-20_a.sql'], '2026-01-20_b')])).toEqual(
      [],
    )
  })

  it('shows a missing dependency as a path', () => {
    expect(mistakes([aCandidate('1_a.sql', ['0_gone.sql'])])).toEqual([
      'missing-dependency: 1_a.sql → 0_gone.sql: there is no such migration.',
    ])
  })

  it('shows a circle as a path, once', () => {
    const candidates = [
      aCandidate('1_a.sql', ['2']),
      aCandidate('2_b.sql', ['3']),
      aCandidate('3_c.sql', ['1']),
    ]
    expect(mistakes([...candidates, aCandidate('4_d.sql', ['1'])])).toEqual([
      'circular-dependency: 1_a.sql → 2_b.sql → 3_c.sql → 1_a.sql: these migrations wait for one another.',
    ])
    expect(mistakes([aCandidate('1_a.sql', ['1_a'])])).toEqual([
      'circular-dependency: 1_a.sql → 1_a.sql: these migrations wait for one another.',
    ])
  })

  it('shows what a reference could mean when that is two files', () => {
    const candidates = [aCandidate('1_a.sql'), aCandidate('01_b.sql'), aCandidate('2_c.sql', ['1'])]
    expect(mistakes(candidates)).toEqual(['ambiguous-dependency: 2_c.sql → 1: that is 01_b.sql or 1_a.sql.'])
  })

  it('agrees with picking the smallest that can go, one by one, in any order of reading', () => {
    const graph = fc.integer({ min: 1, max: 12 }).chain((size) =>
      fc.tuple(
        fc.array(fc.array(fc.nat({ max: size - 1 }), { maxLength: 3 }), {
          minLength: size,
          maxLength: size,
        }),
        fc.shuffledSubarray([...Array(size).keys()], { minLength: size, maxLength: size }),
      ),
    )
    fc.assert(
      fc.property(graph, ([needed, reading]) => {
        const all = needed.map((needs, index) => aCandidate(`${index}_x.sql`, needs.map(String)))
        const sorted = sortMigrations(reading.flatMap((index) => all[index] ?? []))
        const { order, circular } = pickOneByOne(all)
        expect(sorted.files.map(({ name }) => name)).toEqual(order)
        expect(sorted.mistakes.some(({ rule }) => rule === 'circular-dependency')).toBe(circular)
        for (const { message, rule } of sorted.mistakes) {
          if (rule === 'circular-dependency') expectRealCircle(message, needed)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('takes time in proportion: ten thousand files in a chain that runs backwards', () => {
    const size = 10_000
    const chain = Array.from({ length: size }, (_, index) =>
      aCandidate(`${index}_x.sql`, index + 1 < size ? [`${index + 1}`] : []),
    )
    const started = cpuMs()
    expect(names(chain)[0]).toBe(`${size - 1}_x.sql`)
    expect(cpuMs() - started).toBeLessThan(3000)
    const ring = chain.map((candidate, index) =>
      index + 1 < size ? candidate : aCandidate(`${index}_x.sql`, ['0']),
    )
    expect(mistakes(ring)).toHaveLength(1)
  })
})

/** The rule of the documents, as slow as it is plain. */
function pickOneByOne(all: readonly Candidate[]): { order: string[]; circular: boolean } {
  const left = all.toSorted(
    (a, b) => compareVersions(a.file.version, b.file.version) || compareBytes(a.file.name, b.file.name),
  )
  const order: string[] = []
  const done = new Set<string>()
  const isReady = ({ needs }: Candidate) => needs.every(({ reference }) => done.has(reference))
  for (let at = left.findIndex(isReady); at >= 0; at = left.findIndex(isReady)) {
    for (const { file } of left.splice(at, 1)) {
      order.push(file.name)
      done.add(file.version)
    }
  }
  return { order: [...order, ...left.map(({ file }) => file.name)], circular: left.length > 0 }
}

function expectRealCircle(message: string, needed: readonly (readonly number[])[]): void {
  const path = [...message.matchAll(/(\d+)_x\.sql/g)].map(([, index]) => Number(index))
  expect(path.length).toBeGreaterThan(1)
  expect(path.at(-1)).toBe(path[0])
  for (const [step, index] of path.slice(1).entries()) expect(needed[path[step] ?? -1]).toContain(index)
}

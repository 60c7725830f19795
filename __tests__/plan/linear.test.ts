import { describe, expect, it } from '@jest/globals'
import { makeChecksums } from '../../src/migrations/checksum.js'
import { findNameConflicts } from '../../src/migrations/find-name-conflicts.js'
import { parseName } from '../../src/migrations/parse-name.js'
import { sortMigrations } from '../../src/migrations/sort-migrations.js'
import { findDrift } from '../../src/plan/find-drift.js'
import { makePlan } from '../../src/plan/make-plan.js'
import { aMigration, anAppliedRecord } from '../support/builders.js'

/** A folder and a history of so many, half of it applied, and each file but the first in need of the one before. */
function aHistory(count: number) {
  const files = Array.from({ length: count }, (_, index) => {
    const name = `${index + 1}_t.sql`
    const need = { reference: String(index), span: { start: 0, end: 0 } }
    return { file: aMigration({ name, version: String(index + 1) }), needs: index === 0 ? [] : [need] }
  })
  const records = files
    .slice(0, count / 2)
    .map(({ file }) => anAppliedRecord({ name: file.name, version: file.version, checksum: file.checksum }))
  return { files, records }
}

const config = { allowOutOfOrder: false }

const steps: [string, (history: ReturnType<typeof aHistory>) => unknown][] = [
  ['sorting files that need one another', ({ files }) => sortMigrations(files)],
  [
    'finding names in conflict',
    ({ files }) =>
      findNameConflicts(
        files.map(({ file: { name } }) => ({ name, parsed: parseName(name) })),
        (name) => name,
      ),
  ],
  [
    'finding drift',
    ({ files, records }) =>
      findDrift(
        records,
        files.map(({ file }) => file),
      ),
  ],
  [
    'planning',
    ({ files, records }) =>
      makePlan(
        files.map(({ file }) => file),
        records,
        config,
      ),
  ],
  [
    'planning a part',
    ({ files, records }) =>
      makePlan(sortMigrations(files).files, records, {
        ...config,
        to: String(Math.ceil(files.length * 0.75)),
      }),
  ],
  ['checksums', ({ files }) => files.map(({ file }) => makeChecksums(Buffer.from(file.text), file.text))],
]

const [FEW, MANY] = [1_000, 16_000]

// As much where it is linear, or some times as much, since many do not fit into the caches; 16 times where it is quadratic.
const LIMIT = 9

/** Others use the processor too: only what no round shows is a cost of the work itself. */
const ROUNDS = 20

describe('the cost of', () => {
  it.each(steps)('%s grows with the number of files and no faster', (_, step) => {
    const [small, large] = [aHistory(FEW), aHistory(MANY)]
    const inFew = () => {
      for (let run = 0; run < MANY / FEW; run++) step(small)
    }
    const least = { few: Number.POSITIVE_INFINITY, many: Number.POSITIVE_INFINITY }
    for (let round = 0; round < ROUNDS && !(least.many < LIMIT * least.few); round++) {
      least.few = Math.min(least.few, cost(inFew))
      least.many = Math.min(
        least.many,
        cost(() => step(large)),
      )
    }
    expect(least.many / least.few).toBeLessThan(LIMIT)
  })
})

/** In microseconds of processor time, which waiting for a processor does not count into. */
function cost(work: () => unknown): number {
  const started = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(started)
  return user + system
}

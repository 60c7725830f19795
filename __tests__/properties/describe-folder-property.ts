import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { aDatabase } from '../support/postgres/a-database.js'
import type { Major } from '../support/postgres/major.js'
import { commandLists } from './arbitrary-commands.js'
import { carryOut } from './carry-out.js'
import type { Command } from './command.js'
import { mendFolder } from './edit-folder.js'
import { aWorld, type Tally, type World, writeFolder } from './world.js'

/** So many lists of commands, or what is done of them within the time that a test run has for this. */
const RUNS = Number(process.env.DEVFLOW_PROPERTY_RUNS ?? 0)
const FEW = { numRuns: 40, withinMs: 20_000 }

/**
 * Random edits of a folder and runs of all kinds, against the model. `DEVFLOW_PROPERTY_RUNS=500` for a long run.
 *
 * @param options `happens`: what must have happened in the tally, lest nothing is shown
 */
export function describeFolderProperty(
  major: Major,
  seedShift: number,
  title: string,
  { few = FEW, lists = commandLists(20), happens = 'runs' } = {},
): void {
  describe(`a migrations folder on PostgreSQL ${major}`, () => {
    it(
      title,
      async () => {
        await using database = await aDatabase({ major })
        const { seed = 1 } = fc.readConfigureGlobal()
        const tally: Tally = {}
        const until = RUNS > 0 ? Number.POSITIVE_INFINITY : Date.now() + few.withinMs
        const property = fc.asyncProperty(lists, async (commands) => {
          // Interrupted by the library, a run would go on behind the test's end. A slow machine does what has to be shown.
          if (Date.now() > until && isShown(tally, happens)) return
          await using world = await aWorld(database, tally)
          world.trail.push(`DEVFLOW_FUZZ_SEED=${seed}`)
          for (const command of commands) await carryOut(world, command)
          await endWell(world)
        })
        await fc.assert(property, { seed: seed + seedShift, numRuns: RUNS > 0 ? RUNS : few.numRuns })
        process.stderr.write(`PostgreSQL ${major}: ${renderTally(tally)}\n`)
        expect(tally['completed files']).toBeGreaterThan(0)
        expect(tally[happens]).toBeGreaterThan(0)
      },
      RUNS > 0 ? RUNS * 60_000 : 300_000,
    )
  })
}

function isShown(tally: Tally, happens: string): boolean {
  return (tally['completed files'] ?? 0) > 0 && (tally[happens] ?? 0) > 0
}

function renderTally(tally: Tally): string {
  return Object.entries(tally)
    .map(([what, times]) => `${what} ${times}`)
    .join(' · ')
}

const EVERYTHING = { rehearse: true, together: false, outOfOrder: true }

/** Whatever was done before: once nothing is wrong with the folder any more, one run applies what is left of it. */
async function endWell(world: World): Promise<void> {
  await writeFolder(world, mendFolder(world.folder, world))
  world.trail.push('  mended')
  const migrate: Command = { do: 'migrate', asked: EVERYTHING }
  await carryOut(world, migrate)
  await carryOut(world, migrate)
  const { folder, seen } = world
  const completed = seen.records.filter(({ status }) => status === 'completed')
  expect(completed.map(({ version }) => version)).toEqual(folder.map(({ version }) => version))
  expect(seen.invalidIndexes).toEqual([])
}

import { findNewest } from '../migrations/find-newest.js'
import { nameNext } from '../migrations/name-next.js'
import { writeNew } from '../migrations/write-new.js'
import type { Config } from '../model/config.js'
import type { MigrationFile } from '../model/migration.js'
import type { OperationStep } from '../model/operation.js'
import type { Gathering } from '../report/gathered.js'

/**
 * Writes the next migration file, in the style of the folder. It holds a comment and no statement: until there is one,
 * `validate` says so.
 */
export async function makeNew(
  { directory, newName = 'migration' }: Config,
  gathered: Gathering,
  now: Date,
): Promise<void> {
  const { files = [] } = gathered
  const name = nameNext(findNewest(files) ?? firstOf(now), newName, now)
  const path = gathered.directory === '.' ? name : `${gathered.directory}/${name}`
  const step: OperationStep = { what: `create ${path}`, name, state: 'not-run' }
  gathered.operation = { steps: [step], next: [] }
  const why = await writeNew(directory, { name, text: TEXT })
  gathered.operation = why === undefined ? done(step, path) : failed(step, why)
}

/** An empty folder has no style: a moment can not be taken by two branches at once, as the next number can. */
function firstOf(now: Date): Pick<MigrationFile, 'name' | 'style'> {
  const before = new Date(now.getTime() - 1000)
  return { name: `${before.toISOString().replace(/\D/g, '').slice(0, 14)}_`, style: 'timestamp' }
}

const TEXT = '-- What this migration does, and why.\n\n'

function done(step: OperationStep, path: string): NonNullable<Gathering['operation']> {
  return {
    steps: [{ ...step, state: 'done' }],
    next: [`Write its statements into ${path}, then run devflow db validate.`],
  }
}

function failed(step: OperationStep, why: string): NonNullable<Gathering['operation']> {
  const failure = { code: 'not-written', message: `${step.name} is not created: ${why}` }
  return { steps: [{ ...step, state: 'failed', failure }], next: [] }
}

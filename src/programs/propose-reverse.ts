import { findNewest } from '../migrations/find-newest.js'
import { nameNext } from '../migrations/name-next.js'
import { writeNew } from '../migrations/write-new.js'
import type { MigrationFile } from '../model/migration.js'
import type { OperationStep } from '../model/operation.js'
import { versionKey } from '../model/version.js'
import type { Undone } from '../plan/choose-rollback.js'
import { prepareMigration } from '../plan/prepare-migration.js'
import { type ToReverse, writeReverse } from '../plan/write-reverse.js'
import { openParser, type Parser, type Statement } from '../sql/open-parser.js'
import type { Way } from './way.js'

/**
 * Writes a migration that reverses what has no down part, under the next version, to be read and completed. Nothing is run,
 * and nothing is changed in the database.
 */
export async function proposeReverse(
  { config, gathered, system }: Way,
  undone: readonly Undone[],
  downs: ReadonlyMap<string, MigrationFile>,
): Promise<void> {
  const { files = [] } = gathered
  const lacking = undone.filter(({ record }) => !downs.has(versionKey(record.version)))
  const there = lacking.flatMap(({ file }) => file ?? [])
  const [first] = there
  const newest = findNewest(files)
  if (first === undefined || newest === undefined) return note(gathered, NOTHING_LACKING)
  const parser = await openParser()
  const { text, statements, left } = writeReverse(there.map((file) => read(parser, file)))
  const name = nameNext(newest, `undo_${stemOf(first.name)}`, system.now())
  const path = gathered.directory === '.' ? name : `${gathered.directory}/${name}`
  const step: OperationStep = {
    what: `write ${path}, which reverses ${there.map((file) => file.name).join(', ')}`,
    name,
    state: 'planned',
    details: [`${count(statements, 'statement')}; ${count(left, 'part')} to be written by hand.`],
  }
  gathered.operation = { steps: [step], next: [`Read ${path}, complete it, and apply it with migrate.`] }
  if (config.dryRun) return
  const why = await writeNew(config.directory, { name, text })
  const after: OperationStep =
    why === undefined
      ? { ...step, state: 'done' }
      : {
          ...step,
          state: 'failed',
          failure: { code: 'not-written', message: `${path} is not written: ${why}` },
        }
  gathered.operation = { ...gathered.operation, steps: [after] }
}

const NOTHING_LACKING =
  'Each of them has a down part: rollback without propose undoes them. No file was written.'

function note(gathered: Way['gathered'], sentence: string): void {
  gathered.notes = [...(gathered.notes ?? []), sentence]
}

function read(parser: Parser, file: MigrationFile): ToReverse {
  const statements: Statement[] = []
  prepareMigration(parser, file, undefined, (statement) => void statements.push(statement))
  return { file, statements }
}

/** `03_users.sql` and `03_users/migration.sql` without version and ending, in letters that any file system takes. */
function stemOf(name: string): string {
  const stem = name.replace(/\/.*$|(?:\.up)?\.sql$/g, '').replace(/^V?[\d._-]+/, '')
  return stem.replaceAll(/[^A-Za-z0-9]+/g, '_').slice(0, 60) || 'migration'
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

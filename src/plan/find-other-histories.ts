import type { AppliedRecord } from '../model/history.js'
import type { MigrationFile } from '../model/migration.js'
import type { OtherHistory } from '../model/other-history.js'
import type { Problem } from '../model/problem.js'
import type { Tracking } from '../model/target.js'
import { versionKey } from '../model/version.js'
import { matchChecksum } from './match-checksum.js'

/** What histories at other places mean for a run that has none at its own. */
export interface OtherHistories {
  /** Files are recorded there as applied: they would be applied once more. */
  readonly refusals: readonly Problem[]
  readonly notes: readonly string[]
}

/**
 * Two histories in one database may be meant: of two projects, each in a place of its own. So nothing is refused for a
 * history of a project of another name, or for one that has none of these files; but one that has a file, by its version
 * and its name or its text, is most likely that of this folder.
 *
 * @param project `project.name`, where it is given
 */
export function findOtherHistories(
  others: readonly OtherHistory[],
  files: readonly MigrationFile[],
  tracking: Pick<Tracking, 'schema' | 'table'>,
  project: string | undefined,
): OtherHistories {
  const refusals: Problem[] = []
  const notes: string[] = []
  for (const other of others) {
    const place = `${other.schema}.${other.table}`
    if (other.unreadable !== undefined) {
      if (other.code === NO_RIGHTS) notes.push(notReadable(place, other.unreadable))
      else refusals.push(refuseUnread(place, other.unreadable))
      continue
    }
    const completed = other.completed ?? []
    const isAnothers = project !== undefined && (other.project ?? project) !== project
    if (completed.length === 0 || isAnothers) continue
    const recorded = filesIn(completed, files)
    if (recorded.length > 0) refusals.push(refuse(other, recorded, tracking))
    else
      notes.push(
        `The database has another history of this kind, ${place}. None of these files is recorded there.`,
      )
  }
  return { refusals, notes }
}

/** Of each file one row at most: a version is there once. */
function filesIn(
  completed: NonNullable<OtherHistory['completed']>,
  files: readonly MigrationFile[],
): readonly MigrationFile[] {
  const rows = new Map(completed.map((row) => [versionKey(row[0]), row]))
  return files.filter((file) => {
    const [, name, checksum] = rows.get(versionKey(file.version)) ?? []
    if (name === undefined || checksum === undefined) return false
    return matchChecksum(checksum, file) || isNamed(name, file)
  })
}

/** Other runners record a name without version and ending. */
function isNamed(recorded: AppliedRecord['name'], { name }: MigrationFile): boolean {
  const plain = (text: string) =>
    text
      .replace(/^.*\//, '')
      .replace(/\.sql$/i, '')
      .toLowerCase()
  const [there, here] = [plain(recorded), plain(name)]
  return there === here || here.replace(/^[\d._-]+/, '') === there
}

const LISTED = 3

function refuse(
  { schema, table }: OtherHistory,
  recorded: readonly MigrationFile[],
  tracking: Pick<Tracking, 'schema' | 'table'>,
): Problem {
  const names = recorded.slice(0, LISTED).map(({ name }) => name)
  const more = recorded.length > LISTED ? ` and ${recorded.length - LISTED} more` : ''
  const here = `${tracking.schema}.${tracking.table}`
  const tableToo = table === tracking.table ? '' : `, database.migrations.tracking_table: ${table}`
  return {
    message: `There is no history in ${here}, but ${schema}.${table} records these files as applied: ${names.join(', ')}${more}. They would be applied a second time.`,
    help: `Name that place in devflow.yml: database.migrations.tracking_schema: ${schema}${tableToo}. To keep history in ${here} from now on, record what is applied there with baseline first. Where it is the history of another project, give both a project.name, and let the other one migrate once with its own.`,
  }
}

const NO_RIGHTS = '42501'

function notReadable(place: string, why: string): string {
  return `The database has another history of this kind, ${place}, and it can not be read: ${why}. Files that are recorded there would be applied a second time.`
}

function refuseUnread(place: string, why: string): Problem {
  return {
    message: `The database has another history of this kind, ${place}, and it can not be read: ${why}. Files that are recorded there would be applied a second time.`,
    help: 'Run again when nobody holds it, or put right what the server says.',
    busy: true,
  }
}

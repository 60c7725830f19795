import { createHash } from 'node:crypto'
import type { MigrationFile } from '../model/migration.js'
import type { Checked, Compared, ForeignRow, ForeignTool } from './foreign-tool.js'
import { type Changeset, parseChangesets } from './liquibase-changesets.js'
import { isoTime, whenAndWho } from './row-text.js'

/**
 * A row is a changeset, told apart by author, id and file; a file of formatted SQL holds any number of them, and is applied
 * where all of them are. Checksums that begin with `9:` are compared, those of older versions are not.
 */
export const liquibase: ForeignTool = {
  title: 'Liquibase',
  table: {
    names: ['databasechangelog'],
    columns: ['id', 'author', 'filename', 'dateexecuted', 'orderexecuted', 'exectype', 'md5sum'],
  },
  select: (table) => ({
    values: ['id', 'author', 'filename', 'exectype', 'md5sum', isoTime('dateexecuted')],
    from: `(
  SELECT DISTINCT ON (id, author, filename) * FROM ${table} ORDER BY id, author, filename, orderexecuted DESC) newest
WHERE exectype <> 'SKIPPED' ORDER BY orderexecuted`,
  }),
  compare: (rows, files) => {
    const found = rows.map(rowOf)
    const known = new Set<Row>()
    const compared = files.map((file) => compareFile(file, found, known))
    const rest = found.filter((row) => !known.has(row))
    return [...rest.map(missing), ...compared]
  },
}

interface Row extends ForeignRow {
  readonly changeset: string
  readonly path: string
}

function rowOf([id, author, filename, exectype, md5sum, at]: readonly (string | null)[]): Row {
  const changeset = `${author ?? ''}:${id ?? ''}`
  const isDone = ['EXECUTED', 'RERAN', 'MARK_RAN'].includes(exectype ?? '')
  return {
    key: `${filename ?? ''}::${id ?? ''}::${author ?? ''}`,
    label: `${changeset} of ${filename ?? ''}`,
    changeset,
    path: (filename ?? '').replace(/^classpath:/, '').replace(/^(?:\.?\/)+/, ''),
    state: isDone ? 'applied' : 'failed',
    ...(isDone ? {} : { note: `its changeset ${changeset} is ${exectype ?? 'without a state'}` }),
    ...(md5sum ? { checksum: md5sum } : {}),
    ...whenAndWho({ at }),
  }
}

function compareFile(file: MigrationFile, rows: readonly Row[], known: Set<Row>): Compared {
  const changesets = parseChangesets(file.text)
  const ofFile = rows.filter((row) => isOfFile(row.path, file))
  const pairs = changesets.map((changeset) => {
    const row = ofFile.find((each) => each.changeset === changeset.name)
    if (row) known.add(row)
    return { changeset, row }
  })
  const [first] = pairs.flatMap(({ row }) => row ?? [])
  const newest = pairs.flatMap(({ row }) => row ?? []).at(-1)
  if (!first || !newest) return { kind: 'pending', file, isChecked: false }
  return { file, row: { ...newest, label: newest.path }, ...judge(pairs) }
}

interface Pair {
  readonly changeset: Changeset
  readonly row: Row | undefined
}

function judge(pairs: readonly Pair[]): Pick<Compared, 'kind' | 'isChecked' | 'note'> {
  const failed = pairs.find(({ row }) => row?.state === 'failed')?.row
  if (failed?.note !== undefined) return { kind: 'failed', isChecked: false, note: failed.note }
  const left = pairs.filter(({ row }) => row === undefined).map(({ changeset }) => changeset.name)
  if (left.length > 0)
    return {
      kind: 'failed',
      isChecked: false,
      note: `its changesets ${left.join(', ')} are not in the table`,
    }
  const checks = pairs.map(({ changeset, row }) => check(changeset, row))
  const edited = pairs.filter((_, index) => checks[index] === 'edited').map(({ changeset }) => changeset.name)
  if (edited.length > 0)
    return { kind: 'edited', isChecked: true, note: `its changeset ${edited.join(', ')} is not what was run` }
  return { kind: 'applied', isChecked: checks.every((one) => one === 'same') }
}

/** The table has the path as the changelog names it, from a folder that nobody here knows. */
function isOfFile(path: string, file: MigrationFile): boolean {
  return path === file.name || path.endsWith(`/${file.name}`)
}

function check({ sql, isRunAgain }: Changeset, row: Row | undefined): Checked {
  if (!row?.checksum?.startsWith('9:') || isRunAgain) return 'unknown'
  const md5 = (text: string) => `9:${createHash('md5').update(text).digest('hex')}`
  const change = md5(sql.replace(/[ \t\r\n]+/g, ''))
  return md5(`${change}:`) === row.checksum ? 'same' : 'edited'
}

function missing(row: Row): Compared {
  const isSql = /\.sql$/i.test(row.path)
  const note = isSql ? row.note : 'its changelog is not SQL, which is not run here'
  return { kind: 'missing', row, isChecked: false, ...(note === undefined ? {} : { note }) }
}

import { ALL_TOOLS } from '../adopt/all-tools.js'
import { type Decided, decideAdoption, type Recorded } from '../adopt/decide-adoption.js'
import { type AdoptedFrom, describeAdoption, detailOf } from '../adopt/describe-adoption.js'
import type { Recognized } from '../adopt/recognize.js'
import { readForeignRows } from '../database/adopt/read-foreign-rows.js'
import type { AppliedRecord } from '../model/history.js'
import type { MigrationFile } from '../model/migration.js'
import type { Problem } from '../model/problem.js'
import type { RecordChange } from '../model/record-change.js'
import type { Rows } from '../model/session.js'
import { UserError } from '../model/user-error.js'
import { versionKey } from '../model/version.js'
import { matchChecksum } from '../plan/match-checksum.js'
import { quoteIdentifier } from '../sql/identifier.js'
import { findForeignHistory } from './adopting/find-foreign-history.js'
import { undoAdoption } from './adopting/undo-adoption.js'
import { throwWhenLost } from './connecting/throw-when-lost.js'
import { confirmOperation } from './recording/confirm-operation.js'
import { recordSchemaNow, tellSchemaTaken } from './recording/record-schema-now.js'
import { settleOperation } from './recording/settle-operation.js'
import { writeRecords } from './recording/write-records.js'
import type { Way } from './way.js'

/**
 * Takes over what another tool has recorded as applied: its table is read and compared with the folder, and left as it is.
 * All of it is written in one transaction, or nothing.
 */
export async function adopt(run: Way): Promise<void> {
  const { config, gathered, known } = run
  if (config.adopt.undo) return undoAdoption(run)
  const { tool, table } = await findForeignHistory(run)
  const { title, compare } = ALL_TOOLS[tool]
  const from = { title, table: `${table.schema}.${table.name}` }
  const rows = await readRows(run, { tool, table }, from)
  const byVersion = new Map(known.records.map((record) => [versionKey(record.version), record]))
  const recordOf = (file: MigrationFile) => byVersion.get(versionKey(file.version))
  const { decided, refusals } = decideAdoption(
    compare(rows, gathered.files ?? []),
    { title },
    config.adopt.accept,
    (file) => recorded(file, recordOf(file)),
  )
  gathered.refusals = [...(gathered.refusals ?? []), ...refusals.map((each) => redacted(run, each))]
  gathered.operation = describeAdoption(decided, from)
  const changes = changesOf(decided, from, recordOf)
  const asked = changes.map(({ version, told }) => ({ version, checksum: told.checksum ?? '', tool }))
  settleOperation(run, { steps: asked })
  if (changes.length > 0) tellSchemaTaken(run)
  if (!(await confirmOperation(run))) return
  if (await writeRecords(run, changes)) await recordSchemaNow(run)
}

async function readRows(
  { session, config }: Way,
  { tool, table }: Recognized,
  from: AdoptedFrom,
): Promise<Rows['rows']> {
  const quoted = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`
  const rows = await readForeignRows(throwWhenLost(session), ALL_TOOLS[tool].select(quoted, table.columns))
  if (!('why' in rows)) return rows
  throw new UserError([
    {
      message: `The table ${from.table} of ${from.title} can not be read: ${config.redact(rows.why)}.`,
      help: 'Use a role that may read it, all of its rows, or name another with from-table.',
    },
  ])
}

function redacted({ config }: Way, { message, help }: Problem): Problem {
  return { message: config.redact(message), help: config.redact(help) }
}

function recorded(file: MigrationFile, record: AppliedRecord | undefined): Recorded {
  if (record === undefined) return 'nothing'
  if (record.status === 'completed') return matchChecksum(record.checksum, file) ? 'same' : 'other'
  if (record.status === 'rolled_back') return 'undone'
  return REPLACED.includes(record.status) ? 'nothing' : 'unfinished'
}

/** Rows that tell of nothing that is there. */
const REPLACED: readonly AppliedRecord['status'][] = ['failed', 'pending']

function changesOf(
  decided: readonly Decided[],
  from: AdoptedFrom,
  recordOf: (file: MigrationFile) => AppliedRecord | undefined,
): RecordChange[] {
  return decided.flatMap((each) => {
    const { file } = each.compared
    return each.action === 'record' && file ? changeOf(each, file, recordOf(file), from) : []
  })
}

function changeOf(
  decided: Decided,
  { version, name, checksum }: MigrationFile,
  record: AppliedRecord | undefined,
  from: AdoptedFrom,
): RecordChange {
  const { appliedAt, executionTimeMs, appliedBy } = decided.compared.row ?? {}
  return {
    version: record?.version ?? version,
    expected: record === undefined ? 'absent' : { status: record.status, checksum: record.checksum },
    becomes: {
      name,
      checksum,
      status: 'completed',
      ...(appliedAt === undefined ? {} : { appliedAt }),
      ...(executionTimeMs === undefined ? {} : { executionTimeMs }),
      ...(appliedBy === undefined ? {} : { appliedBy }),
    },
    told: {
      event: 'adopted',
      action: 'adopt',
      status: 'success',
      name,
      checksum,
      detail: detailOf(decided, from),
    },
  }
}

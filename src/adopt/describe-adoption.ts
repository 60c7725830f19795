import type { Operation, OperationStep, StepState } from '../model/operation.js'
import type { Decided } from './decide-adoption.js'
import type { Compared } from './foreign-tool.js'

/** Where the history is taken from. */
export interface AdoptedFrom {
  readonly title: string
  /** `public.flyway_schema_history` */
  readonly table: string
}

/** What an adoption does, shown before it is done. What is refused is a step that is not run, and so are then the others. */
export function describeAdoption(decided: readonly Decided[], from: AdoptedFrom): Operation {
  const refused = decided.filter(({ action }) => action === 'refuse')
  const recorded = decided.filter(({ action }) => action === 'record')
  const pending = namesOf(decided.filter(({ isPending }) => isPending))
  const left = decided.filter(({ accepted }) => accepted === 'missing')
  const state = refused.length > 0 ? 'not-run' : 'planned'
  return {
    steps: decided.filter(({ action }) => action !== 'leave').map((each) => stepOf(each, from, state)),
    next: [
      ...left.map(({ compared }) => `Nothing is recorded of ${compared.row?.label}, which has no file.`),
      ...(pending.length > 0 ? [`Pending, and applied by migrate: ${listed(pending)}.`] : []),
      ...(recorded.length > 0 && refused.length === 0 ? [handover(from)] : []),
    ],
    facts: {
      tool: from.title,
      table: from.table,
      recorded: recorded.length,
      checked: recorded.filter(({ compared }) => compared.isChecked).length,
      pending: pending.length,
      refused: refused.length,
    },
  }
}

function namesOf(decided: readonly Decided[]): string[] {
  return decided.flatMap(({ compared }) => compared.file?.name ?? [])
}

const LISTED = 10

function listed(names: readonly string[]): string {
  const shown = names.slice(0, LISTED).join(', ')
  return names.length > LISTED ? `${shown} and ${names.length - LISTED} more` : shown
}

function handover({ table }: AdoptedFrom): string {
  return `${table} stays as it is: from here on apply with one of the two tools. adopt --undo takes this back as long as nothing else was recorded.`
}

function stepOf({ compared, accepted }: Decided, from: AdoptedFrom, state: StepState): OperationStep {
  const { file, row } = compared
  const said = accepted === undefined ? [] : [`Accepted as ${accepted}.`]
  return {
    what: file ? `record ${file.name} as applied` : `find the file of ${row?.label}`,
    ...(file ? { version: file.version, name: file.name } : {}),
    state,
    details: [seen(compared, from), ...said],
  }
}

/** What was seen of it, as a sentence. */
function seen({ kind, row, isChecked, note }: Compared, { title }: AdoptedFrom): string {
  const when = row?.appliedAt === undefined ? '' : ` on ${row.appliedAt.slice(0, 10)}`
  const why = note === undefined ? '' : ` (${note})`
  if (kind === 'edited') return `Applied by ${title}${when}; the file is not what was applied${why}.`
  if (kind === 'failed') return `Not known to be done by ${title}${why}.`
  if (kind === 'missing') return `Applied by ${title}${when}; there is no file${why}.`
  return isChecked
    ? `Applied by ${title}${when}; its checksum agrees with the file${why}.`
    : `Applied by ${title}${when}; it keeps nothing that the file could be compared with${why}.`
}

/** What the event of the history tells: the tool, its table, and its own checksum. */
export function detailOf({ compared, accepted }: Decided, { title, table }: AdoptedFrom): string {
  const { row, isChecked } = compared
  return [
    `adopted from ${title} (${table})`,
    `there as ${row?.label ?? 'unknown'}`,
    ...(row?.checksum === undefined ? [] : [`its checksum ${row.checksum}`]),
    isChecked && accepted === undefined ? 'compared with the file' : 'not compared with the file',
    ...(accepted === undefined ? [] : [`accepted as ${accepted}`]),
  ].join('; ')
}

import type { AppliedRecord, HistoryEvent } from '../model/history.js'

/** What of an adoption can be taken back, and what stands against it. */
export interface Undo {
  readonly adopted: readonly Pick<AppliedRecord, 'version' | 'name' | 'checksum'>[]
  /** What happened since, as clauses. */
  readonly since: readonly string[]
}

/**
 * The rows whose newest event is that they were adopted.
 *
 * @param events newest first
 */
export function decideUndo(events: readonly HistoryEvent[], records: readonly AppliedRecord[]): Undo {
  const newest = new Map<string, HistoryEvent>()
  for (const event of events)
    if (!newest.has(event.version) && TELLING.includes(event.event ?? '')) newest.set(event.version, event)
  const adopted = records.filter(({ version, status, checksum }) => {
    const last = newest.get(version)
    return status === 'completed' && last?.event === 'adopted' && last.checksum === checksum
  })
  const versions = new Set(adopted.map(({ version }) => version))
  const first = events.findLastIndex(
    ({ event, version }) =>
      event === 'adopted' && versions.has(version) && newest.get(version)?.event === event,
  )
  const since = events
    .slice(0, Math.max(first, 0))
    // Where there is no version, a run began: what it did has events of its own.
    .filter(
      ({ event, action, version }) => version !== '' && STANDING.includes(event ?? '') && action !== 'adopt',
    )
    .map(({ name, version, event }) => `${name ?? version} was ${WORDS[event ?? ''] ?? event}`)
  return { adopted, since: [...new Set(since)] }
}

/** Events that say what became of a version. */
const TELLING: readonly string[] = [
  'applied',
  'partial',
  'unknown',
  'started',
  'rolled-back',
  'repaired',
  'baselined',
  'adopted',
]

/** Those that stand on what was adopted. */
const STANDING: readonly string[] = TELLING.filter((event) => event !== 'adopted')

const WORDS: Readonly<Record<string, string>> = {
  partial: 'applied in part',
  unknown: 'applied, or not',
  started: 'begun',
  'rolled-back': 'rolled back',
}

import { type RecordedRefusal, recordRefusal } from '../../database/history/record-refusal.js'
import type { Config } from '../../model/config.js'
import type { HistoryAction } from '../../model/history.js'
import type { Session } from '../../model/session.js'
import type { Target } from '../../model/target.js'
import { makeDriftText } from '../../render/drift-text.js'
import type { Gathering } from '../../report/gathered.js'
import { writerOf } from '../recording/writer-of.js'
import type { Way } from '../way.js'

/** What kept a run from changing anything is part of the history. What it tried and could not do is recorded where it is. */
export async function tellRefusals({ config, gathered, session, known }: Way): Promise<void> {
  if (!config.changes || gathered.outcomes !== undefined) return
  const message = whyNothing(gathered)
  if (message !== '')
    await tellNothingDone({ config, gathered, session, known }, { event: 'refused', message })
}

/** Somebody ended it before it changed anything. */
export async function tellCancelled(run: Way, where: string): Promise<void> {
  const message = `The run was ended by ${String(run.signal.reason)} ${where}.`
  await tellNothingDone(run, { event: 'cancelled', message })
}

type Told = Pick<RecordedRefusal, 'event' | 'message'>

async function tellNothingDone(
  { config, gathered, session, known }: Pick<Way, 'config' | 'gathered' | 'session' | 'known'>,
  told: Told,
): Promise<void> {
  const why = await recordNothingDone(config, gathered, session, known.target, told, gathered.plan?.hash)
  if (why !== undefined) gathered.notes = [...(gathered.notes ?? []), notRecorded(config, why)]
}

/**
 * @param planHash of what was to be applied
 * @returns why it could not be recorded, where it could not
 */
export function recordNothingDone(
  config: Config,
  gathered: Gathering,
  session: Session,
  target: Target,
  { event, message }: Told,
  planHash: string | undefined,
): Promise<string | undefined> {
  return recordRefusal(session, target, writerOf({ config, gathered }), {
    event,
    action: ACTIONS[config.command] ?? 'apply',
    message: config.redact(message),
    ...(planHash === undefined ? {} : { planHash }),
  })
}

const ACTIONS: Partial<Readonly<Record<Config['command'], HistoryAction>>> = {
  rollback: 'rollback',
  repair: 'repair',
  baseline: 'baseline',
  adopt: 'adopt',
  backup: 'backup',
}

/** Sentences; empty where nothing stands against it. An operation is held up by findings as long as nothing of it was begun. */
export function whyNothing({ operation, refusals = [], drift = [], findings = [] }: Gathering): string {
  const refused = refusals.map(({ message }) => message)
  const isBegun = operation?.steps.some(({ state }) => state !== 'planned') ?? false
  if (operation !== undefined && (refused.length > 0 || isBegun)) return refused.join(' ')
  return [
    ...refused,
    ...(operation === undefined ? drift : []).map((one) => makeDriftText(one, (foreign) => foreign).message),
    ...findings
      .filter(({ severity }) => severity === 'error')
      .map(({ rule, file, message }) => `${file === undefined ? '' : `${file}: `}${message} (${rule})`),
  ].join(' ')
}

/** A note. */
export function notRecorded({ redact }: Pick<Config, 'redact'>, why: string): string {
  return `That nothing was done could not be recorded: ${redact(why).replace(/\.$/, '')}.`
}

import type { Config } from '../model/config.js'
import type { HistoryAsked, RepairAsked, RepairKind } from '../model/history-asked.js'
import { callInput, given } from './given.js'
import { readBoolean } from './read-boolean.js'
import { showValue } from './show-value.js'
import type { Sources } from './sources.js'

const REPAIRS: readonly RepairKind[] = ['applied', 'reverted', 'accept-checksum', 'clear']

/** More than anybody writes, and less than a history takes. Characters. */
const LONGEST_REASON = 1_000

/** What going back and correcting the history were asked for; what is missing or contradicts itself is told. */
export function chooseHistory(sources: Sources): Pick<Config, 'history'> {
  const { command } = sources
  if (command === undefined || !['rollback', 'repair', 'baseline', 'verify'].includes(command)) return {}
  const reason = chooseReason(sources)
  const steps = command === 'rollback' ? chooseSteps(sources) : undefined
  const flag = (name: 'propose' | 'verify' | 'round-trip') =>
    readBoolean(given(sources.inputs, name), sources.ledger)?.value ?? false
  const history: HistoryAsked = {
    ...(steps === undefined ? {} : { steps }),
    propose: flag('propose'),
    repairs: command === 'repair' ? chooseRepairs(sources, reason) : [],
    ...(reason === undefined ? {} : { reason }),
    verify: flag('verify'),
    roundTrip: flag('round-trip'),
  }
  return { history }
}

function chooseReason({ inputs, ledger }: Sources): string | undefined {
  const reason = given(inputs, 'reason')?.value
  if (reason !== undefined && reason.length > LONGEST_REASON)
    ledger.problems.push({
      message: `${capital(callInput(inputs, 'reason'))} has ${reason.length} characters; at most ${LONGEST_REASON} are recorded.`,
      help: 'Say it shorter, with a link to the rest.',
    })
  return reason
}

/** `rollback` says in exactly one way how far it goes: nothing that is undone is undone by a default. */
function chooseSteps({ inputs, ledger }: Sources): number | undefined {
  const steps = given(inputs, 'steps')
  const named = (['to', 'version', 'steps'] as const).filter((name) => given(inputs, name) !== undefined)
  if (named.length === 0)
    ledger.problems.push({
      message: 'rollback was not told how far to go back.',
      help: `Give ${callInput(inputs, 'to')} (everything after that version is undone), ${callInput(inputs, 'version')} (exactly that one) or ${callInput(inputs, 'steps')} (so many of the newest).`,
    })
  // That `version` and `to` are two different things is told already.
  if (steps !== undefined && named.length > 1)
    ledger.problems.push({
      message: `rollback was told how far to go back by ${named.map((name) => callInput(inputs, name)).join(' and ')}.`,
      help: 'Give one of them.',
    })
  if (steps === undefined || /^[1-9]\d{0,5}$/.test(steps.value))
    return steps === undefined ? undefined : Number(steps.value)
  ledger.problems.push({
    message: `${capital(steps.source)} is ${showValue(steps.value)}; it must be a whole number, 1 or more.`,
    help: 'Give how many of the newest applied migrations are to be undone.',
  })
  return undefined
}

function chooseRepairs({ inputs, ledger }: Sources, reason: string | undefined): readonly RepairAsked[] {
  const repairs = REPAIRS.flatMap((kind): RepairAsked[] => {
    const said = given(inputs, kind)
    if (said === undefined) return []
    const versions = said.value.split(',').map((version) => version.trim())
    if (!versions.includes('')) return [{ kind, versions: [...new Set(versions)] }]
    ledger.problems.push({
      message: `${capital(said.source)} is ${showValue(said.value)}, where a version is empty.`,
      help: 'Give versions with commas between them: 03,04.',
    })
    return []
  })
  const isAsked = REPAIRS.some((kind) => given(inputs, kind) !== undefined)
  if (!isAsked)
    ledger.problems.push({
      message: 'repair was not told what to correct.',
      help: `Give the versions with ${REPAIRS.map((kind) => (inputs.entry === 'cli' ? `--${kind}` : kind)).join(', ')}; status and verify show what is recorded.`,
    })
  if (reason === undefined)
    ledger.problems.push({
      message: 'repair was given no reason.',
      help: `Say why with ${callInput(inputs, 'reason')}: it is recorded with the change, for whoever reads the history later.`,
    })
  return repairs
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

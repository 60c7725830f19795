import type { Problem } from '../model/problem.js'
import type { WantedSecret } from '../model/secret-provider.js'
import type { OpSaid } from './run-op.js'

/**
 * Why `op` gave no value, told apart by what it says, each with its way out. Its own words stand in the message, cut and on
 * one line: it quotes names, and no values.
 */
export function explainOp(said: OpSaid, { variable, item, field }: WantedSecret, vault: string): Problem {
  if ('broken' in said) return explainBroken(said, variable)
  const words = wordsOf(said)
  const tell = (message: string, help: string) => ({ message: `${message} op says: ${words}.`, help })
  if (/isn'?t a vault|no vault|vault .*not found/i.test(words))
    return tell(
      `1Password has no vault ${show(vault)} that the service account may read.`,
      'Check secrets.vault in devflow.yml, and which vaults the service account may read.',
    )
  if (/isn'?t an item|no item|item .*not found/i.test(words))
    return tell(
      `1Password has no item ${show(item)} in the vault ${show(vault)}.`,
      'Check op_item in devflow.yml; the ID of the item names it too.',
    )
  if (/more than one (?:item|vault)|multiple (?:items|vaults)/i.test(words))
    return tell(
      `1Password has more than one item ${show(item)} in the vault ${show(vault)}.`,
      'Give the ID of the item as op_item in devflow.yml.',
    )
  if (/does not have a field|isn'?t a field|no field|field .*not found/i.test(words))
    return tell(
      `The item ${show(item)} in 1Password has no field ${show(field)}.`,
      'Check op_field in devflow.yml; the ID of the field names it too.',
    )
  if (/too many requests|rate.?limit/i.test(words))
    return tell(
      '1Password was asked too often by this service account.',
      `Wait, or hand ${variable} on by other means. op service-account ratelimit shows the limits.`,
    )
  if (
    /token|credential|unauthori[sz]ed|not (?:currently )?signed in|authenticat|forbidden|no accounts? configured/i.test(
      words,
    )
  )
    return tell(
      '1Password does not take the token in OP_SERVICE_ACCOUNT_TOKEN.',
      'It may have expired, or be cut off: make a new one, and keep it as a secret.',
    )
  return tell(
    `1Password did not give the field ${show(field)} of ${show(item)}.`,
    `Run op read with the same token to see more, or set ${variable} by other means.`,
  )
}

function explainBroken(said: Extract<OpSaid, { broken: string }>, variable: string): Problem {
  if (said.broken === 'missing')
    return {
      message: `1Password's command line op is not on this machine (${said.detail}), and ${variable} is to come from it.`,
      help: `Install it before this step (in a job by 1Password's install-cli-action), or set ${variable}.`,
    }
  if (said.broken === 'time')
    return {
      message: `1Password's command line op did not answer within ${said.detail}.`,
      help: 'Run again. If it stays so, look whether this machine reaches 1Password.',
    }
  return {
    message: `1Password's command line op could not be asked: ${said.broken === 'large' ? `it answered more than ${said.detail}` : said.detail}.`,
    help: `Run op --version on this machine, or set ${variable} by other means.`,
  }
}

const LONGEST = 300

/** `[ERROR] 2026/01/21 12:00:00 could not read secret …` without what stands before. */
function wordsOf({ error, code }: Extract<OpSaid, { error: string }>): string {
  const line =
    error.split(/\r?\n/).find((each) => /\[ERROR\]/.test(each)) ?? error.trim().split(/\r?\n/)[0] ?? ''
  const words = line
    .replace(/^.*\[ERROR\]\s*(?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\s*)?/, '')
    .replace(/\p{Cc}/gu, ' ')
  return words.slice(0, LONGEST).replace(/[.\s]+$/, '') || `nothing, with exit code ${code}`
}

function show(name: string): string {
  return JSON.stringify(name)
}

import type { PlanCheck, PlanDifference } from '../model/plan-document.js'
import type { Problem } from '../model/problem.js'

type Different = Extract<PlanCheck, { kind: 'different' }>

/** Why nothing is applied: which fields differ from the approved plan, and what changed. */
export function refusePlan(check: Different): Problem {
  const { hash, present, differences, by, used } = check
  const sentences = [
    hash === present
      ? `The plan ${hash} can be used once.`
      : `What would be applied is not what was approved: the plan was ${hash}, and is ${present} now.`,
    ...(used ? [tellUse(used)] : []),
    ...tellDifferences(differences),
    ...(differences.length === 0 && hash !== present ? [by === 'hash' ? UNTOLD : UNNAMED] : []),
  ]
  const file = by === 'hash' && hash !== present ? ' With its plan file, all that differs is named.' : ''
  return {
    message: sentences.join(' '),
    help: `Nothing was applied. Make a new plan, have it approved, and give its hash.${file}`,
  }
}

function tellUse({ versions, runUrl }: NonNullable<Different['used']>): string {
  const by = runUrl === null ? 'no workflow run' : runUrl
  return `It was used already: under it ${cut(versions)} ${versions.length === 1 ? 'was' : 'were'} applied, by ${by}. Only a later attempt of the run that began a plan may go on with it.`
}

function tellDifferences(differences: readonly PlanDifference[]): string[] {
  if (differences.length === 0) return []
  const fields = [...new Set(differences.map(({ field }) => field))]
  const told = differences.slice(0, MOST_TOLD).map(({ message }) => message)
  const more = differences.length - told.length
  return [
    `${fields.length === 1 ? 'This field differs' : 'These fields differ'}: ${cut(fields)}.`,
    ...told,
    ...(more > 0 ? [`And ${more} more.`] : []),
  ]
}

function cut(words: readonly string[]): string {
  const more = words.length - MOST_TOLD
  return `${words.slice(0, MOST_TOLD).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const MOST_TOLD = 10

const UNTOLD =
  'From the hash alone it can not be told what differs. No new file and no migration applied since leads back to it by itself: mostly a file was edited, renamed or removed, or it is another server or database, or another setting.'

const UNNAMED = 'What differs has no name in this version.'

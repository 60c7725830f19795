import type { Permission, Refusal } from '../model/permission.js'
import type { Asked } from './asked.js'
import { refuse } from './refuse.js'

/** What has to be typed, exactly. */
const CONFIRMATION = 'MIGRATE-PRODUCTION'

const LONGEST_SHOWN = 40

/** A confirmation shows that somebody meant it, not that anybody else looked: it is recorded as no more than that. */
export function judgeConfirmation({ environment, actor, confirmation, job }: Asked): Permission | Refusal {
  const { byVariable, typed } = confirmation
  if (typed !== undefined && typed !== CONFIRMATION)
    return refuse(
      'wrong-confirmation',
      `The input confirm is ${JSON.stringify(typed.slice(0, LONGEST_SHOWN))}, and ${CONFIRMATION} confirms, typed exactly so.`,
      `Type ${CONFIRMATION}.`,
    )
  if (typed === undefined && !byVariable) return refuseUnconfirmed(environment)
  const how = typed === undefined ? 'the variable CONFIRM_PRODUCTION_MIGRATION' : `typing ${CONFIRMATION}`
  return {
    approval: {
      kind: 'confirmation',
      by: actor,
      ...(job === undefined ? {} : { url: job.runUrl }),
      as: `a confirmation by ${how}, which nobody reviewed`,
    },
    notes: [],
  }
}

function refuseUnconfirmed(environment: string): Refusal {
  return refuse(
    'not-confirmed',
    `Environment ${environment} has require_approval: true with approval: confirmation, and nothing confirms that migrations are to be applied to it.`,
    `Set CONFIRM_PRODUCTION_MIGRATION=true for this step, or let whoever starts the workflow type ${CONFIRMATION} for the input confirm.`,
  )
}

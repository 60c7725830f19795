import type { Refusal, RefusalReason } from '../model/permission.js'

/** A refusal in words. `lines`: what to add to a workflow. */
export function refuse(reason: RefusalReason, message: string, help: string, lines?: string): Refusal {
  return { reason, message, help, ...(lines === undefined ? {} : { lines }) }
}

/** Each kind of answer that a gate can give has `reason` or has not. */
export function isRefusal(answer: object): answer is Refusal {
  return 'reason' in answer
}

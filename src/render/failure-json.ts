import type { Failure } from '../model/outcome.js'
import type { ReportJson } from './report-schema.js'

/** A failure as the documented JSON shape; null where nothing failed. */
export function failureJson(failure: Failure | undefined): ReportJson['outcomes'][number]['failure'] {
  if (failure === undefined) return null
  const { code, message, hint, context = [], position, excerpt, statement, blockers = [] } = failure
  return {
    code,
    message,
    hint: hint ?? null,
    context: [...context],
    position: position ?? null,
    excerpt: excerpt ?? null,
    statement: statement ?? null,
    blockers: blockers.map((one) => ({ ...one })),
  }
}

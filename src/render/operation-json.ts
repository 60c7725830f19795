import type { Operation } from '../model/operation.js'
import { failureJson } from './failure-json.js'
import type { OperationJson } from './operation-schema.js'

/** Null where the command is none of those. */
export function operationJson(operation: Operation | undefined): OperationJson {
  if (operation === undefined) return null
  const steps = operation.steps.map(
    ({ what, version = null, name = null, state, details = [], durationMs = null, failure }) => {
      return { what, version, name, state, details: [...details], durationMs, failure: failureJson(failure) }
    },
  )
  return { steps, next: [...(operation.next ?? [])], facts: { ...operation.facts } }
}

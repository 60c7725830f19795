import type { Redact } from '../model/config.js'
import type { Operation, OperationStep } from '../model/operation.js'

/** The operation without secrets in what a file, a program or another tool's table says. */
export function redactOperation(operation: Operation, redact: Redact): Operation {
  const { steps, next, facts } = operation
  return {
    steps: steps.map((step) => redactStep(step, redact)),
    ...(next === undefined ? {} : { next: next.map(redact) }),
    ...(facts === undefined ? {} : { facts: redactFacts(facts, redact) }),
  }
}

function redactStep(step: OperationStep, redact: Redact): OperationStep {
  const { what, details, failure } = step
  return {
    ...step,
    what: redact(what),
    ...(details === undefined ? {} : { details: details.map(redact) }),
    ...(failure === undefined ? {} : { failure: redactFailure(failure, redact) }),
  }
}

function redactFailure(
  failure: NonNullable<OperationStep['failure']>,
  redact: Redact,
): NonNullable<OperationStep['failure']> {
  const { message, hint, excerpt } = failure
  return {
    ...failure,
    message: redact(message),
    ...(hint === undefined ? {} : { hint: redact(hint) }),
    ...(excerpt === undefined ? {} : { excerpt: redact(excerpt) }),
  }
}

function redactFacts(
  facts: NonNullable<Operation['facts']>,
  redact: Redact,
): NonNullable<Operation['facts']> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value]),
  )
}

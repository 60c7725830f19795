import type { RunFacts } from '../../model/approval-facts.js'
import { fieldOf, given, numberOf, textOf } from './json-shape.js'

/** Undefined where it is no run, or another one than was asked for. */
export function parseRun(value: unknown, runId: string): RunFacts | undefined {
  const id = numberOf(value, 'id')
  const attempt = numberOf(value, 'run_attempt')
  const headSha = textOf(value, 'head_sha')
  if (id === undefined ? attempt === undefined && headSha === undefined : String(id) !== runId)
    return undefined
  return {
    ...given('attempt', attempt),
    ...given('status', textOf(value, 'status')),
    ...given('event', textOf(value, 'event')),
    ...given('headSha', headSha),
    ...given('isPrivate', booleanOf(fieldOf(value, 'repository', 'private'))),
    actors: ['actor', 'triggering_actor'].flatMap((who) => textOf(value, who, 'login') ?? []),
  }
}

function booleanOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

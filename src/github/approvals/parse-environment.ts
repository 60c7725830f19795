import type { EnvironmentFacts } from '../../model/approval-facts.js'
import { fieldOf, given, listOf, numberOf, textOf } from './json-shape.js'

/** Undefined where it is no environment. A rule for reviewers that names none protects nothing, and counts as none. */
export function parseEnvironment(value: unknown): EnvironmentFacts | undefined {
  if (textOf(value, 'name') === undefined) return undefined
  const rules = listOf(value, 'protection_rules') ?? []
  const paid = ['wait_timer', 'required_reviewers']
  return {
    ...given('id', numberOf(value, 'id')),
    ...given('reviewers', parseReviewers(rules)),
    hasPaidRule: rules.some((rule) => paid.includes(textOf(rule, 'type') ?? '')),
  }
}

function parseReviewers(rules: readonly unknown[]): EnvironmentFacts['reviewers'] {
  const required = rules.filter((rule) => textOf(rule, 'type') === 'required_reviewers')
  const reviewers = required.flatMap((rule) => listOf(rule, 'reviewers') ?? [])
  if (reviewers.length === 0) return undefined
  return {
    names: reviewers.flatMap((one) => nameOf(one) ?? []),
    preventsSelfReview: required.some((rule) => fieldOf(rule, 'prevent_self_review') === true),
  }
}

function nameOf(reviewer: unknown): string | undefined {
  const login = textOf(reviewer, 'reviewer', 'login')
  if (login !== undefined) return login
  const team = textOf(reviewer, 'reviewer', 'slug') ?? textOf(reviewer, 'reviewer', 'name')
  return team === undefined ? undefined : `team ${team}`
}

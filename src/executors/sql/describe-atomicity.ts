import type { Step } from '../../sql/split-steps.js'

/**
 * What of a file was atomic and what was not, as a clause: `statements 1-3 in one transaction; 4 (CREATE INDEX
 * CONCURRENTLY) alone; 5-6 in one transaction`.
 */
export function describeAtomicity(steps: readonly Step[]): string {
  const parts = gather(steps).map(describe)
  const told = parts.slice(0, LONGEST)
  const left = parts.length - told.length
  const text = [...told, ...(left > 0 ? [`and ${left} more steps`] : [])].join('; ')
  return text && `${/^\d+-/.test(text) ? 'statements' : 'statement'} ${text}`
}

/** Parts that are told; the report has to stay readable. */
const LONGEST = 24

/** Steps of one kind in a row, each a statement in a transaction of its own, are told as one. */
interface Part {
  readonly step: Step
  readonly steps: number
  /** Index of the last statement. */
  readonly last: number
}

function gather(steps: readonly Step[]): Part[] {
  const parts: Part[] = []
  for (const step of steps) {
    const before = parts.at(-1)
    const last = step.first + step.statements.length - 1
    if (before && isSingle(before.step) && isSingle(step))
      parts[parts.length - 1] = { step: before.step, steps: before.steps + 1, last }
    else parts.push({ step, steps: 1, last })
  }
  return parts
}

function isSingle({ kind, statements }: Step): boolean {
  return kind === 'transaction' && statements.length === 1
}

function describe({ step, steps, last }: Part): string {
  const numbers = last === step.first ? `${last + 1}` : `${step.first + 1}-${last + 1}`
  const [statement] = step.statements
  switch (step.kind) {
    case 'transaction':
      if (steps > 1) return `${numbers} each in a transaction of its own`
      return `${numbers} in ${step.statements.length > 1 ? 'one transaction' : 'a transaction of its own'}`
    case 'alone':
      return `${numbers} (${statement?.outside ?? statement?.judged ?? 'outside a transaction'}) alone`
    case 'own':
      return `${numbers} in one transaction, the file's own`
    case 'own-after':
      return `${numbers} in one transaction, the file's own, which ${endOf(step)}`
  }
}

function endOf({ statements }: Step): string {
  return statements.at(-1)?.control === 'rollback' ? 'it rolls back' : 'is read only'
}

import { randomUUID } from 'node:crypto'
import type { Group } from './choose-group.js'
import { announce, type Course, enter } from './course.js'

/** How far a group of migrations has come while the server still works on it. */
export interface Progress {
  /** Set before the first: the time until then is the message's and no file's. */
  readonly readMark: string
  readonly markOf: (index: number) => string
  readonly onMark: (mark: string) => void
  /** How many are through by their marks: committed, where each has a transaction of its own. */
  readonly told: () => number
  /** Tells of those whose mark did not arrive. */
  readonly catchUp: (applied: number) => void
}

/**
 * Tells of each migration as its mark arrives: it is committed by then, where each has a transaction of its own. Nobody
 * but this message knows the token.
 */
export function followMarks(course: Course, { kind, migrations }: Group): Progress {
  const token = randomUUID()
  const first = course.next
  let since = performance.now()
  let told = 0
  const durations: number[] = []
  announce(course, first)
  const pass = (index: number) => {
    const durationMs = Math.round(performance.now() - since)
    since = performance.now()
    durations[index] = durationMs
    told = index + 1
    if (kind === 'batch') enter(course, first + index, { state: 'applied', durationMs })
    if (told < migrations.length) announce(course, first + told)
  }
  const readMark = `${token} read`
  return {
    readMark,
    markOf: (index) => `${token} ${index}`,
    onMark: (mark) => {
      if (mark === readMark && told === 0) since = performance.now()
      if (mark === `${token} ${told}`) pass(told)
    },
    told: () => told,
    catchUp: (applied) => {
      while (told < applied) pass(told)
      if (kind === 'together' && applied > 0)
        for (const [index, durationMs] of durations.entries())
          enter(course, first + index, { state: 'applied', durationMs })
    },
  }
}

import type { RunnableMigration } from '../model/plan.js'
import type { Rehearsal } from './rehearsal.js'

/** How long each file of a message took, and the telling of which one is at work. */
export interface Followed {
  readonly onMark: (mark: string) => void
  /** Milliseconds, of those that are through. */
  readonly durations: number[]
}

/**
 * Tells of each file as the one before it sets its mark.
 *
 * @param first index of the message's first file among all
 * @param token what nobody but this message knows
 */
export function followMarks(
  { observe, migrations }: Pick<Rehearsal, 'observe' | 'migrations'>,
  group: readonly RunnableMigration[],
  first: number,
  token: string,
): Followed {
  const durations: number[] = []
  let since = performance.now()
  const tell = () => {
    const name = group[durations.length]?.file.name
    const index = first + durations.length + 1
    if (name !== undefined) observe({ kind: 'rehearsing', name, index, count: migrations.length })
  }
  tell()
  return {
    durations,
    onMark: (mark) => {
      if (mark !== `${token} ${durations.length}`) return
      const now = performance.now()
      durations.push(Math.round(now - since))
      since = now
      tell()
    },
  }
}

/** So many circles are told at once: whoever breaks these sees the next. */
const MOST = 20

/**
 * Circles among what needs what, each as the indexes on the way round, beginning with its smallest. None is found only
 * where there is none. Linear in time, and without recursion: a chain may be long.
 *
 * @param needed for each index the indexes it needs
 */
export function findCycles(needed: readonly (readonly number[])[]): number[][] {
  const walk: Walk = { needed, state: new Map(), cycles: [] }
  for (const start of needed.keys()) {
    if (!walk.state.has(start)) walkFrom(start, walk)
    if (walk.cycles.length >= MOST) break
  }
  return walk.cycles.slice(0, MOST)
}

interface Walk {
  readonly needed: readonly (readonly number[])[]
  readonly state: Map<number, 'open' | 'done'>
  readonly cycles: number[][]
}

function walkFrom(start: number, { needed, state, cycles }: Walk): void {
  const path = [{ index: start, next: 0 }]
  state.set(start, 'open')
  for (let top = path.at(-1); top !== undefined && cycles.length < MOST; top = path.at(-1)) {
    const target = needed[top.index]?.[top.next++]
    if (target === undefined) {
      state.set(top.index, 'done')
      path.pop()
    } else if (!state.has(target)) {
      state.set(target, 'open')
      path.push({ index: target, next: 0 })
    } else if (state.get(target) === 'open') {
      const indexes = path.map(({ index }) => index)
      cycles.push(fromSmallest(indexes.slice(indexes.indexOf(target))))
    }
  }
}

function fromSmallest(cycle: readonly number[]): number[] {
  const at = cycle.reduce((least, index, place) => (index < (cycle[least] ?? index) ? place : least), 0)
  return [...cycle.slice(at), ...cycle.slice(0, at)]
}

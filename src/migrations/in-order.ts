/**
 * Indexes such that each comes after all it needs, the smallest possible first wherever there is a choice. Those that
 * can't come after what they need (a circle) follow at the end, in their own order. Time n log n.
 *
 * @param needed for each index the indexes it needs, none twice
 */
export function inOrder(needed: readonly (readonly number[])[]): number[] {
  const waiting = needed.map((needs) => needs.length)
  const dependents = makeDependents(needed)
  const ready: number[] = []
  for (const [index, count] of waiting.entries()) if (count === 0) push(ready, index)
  const order: number[] = []
  for (let next = pop(ready); next !== undefined; next = pop(ready)) {
    order.push(next)
    for (const dependent of dependents[next] ?? []) {
      waiting[dependent] = (waiting[dependent] ?? 0) - 1
      if (waiting[dependent] === 0) push(ready, dependent)
    }
  }
  const done = new Set(order)
  return [...order, ...[...needed.keys()].filter((index) => !done.has(index))]
}

function makeDependents(needed: readonly (readonly number[])[]): number[][] {
  const dependents: number[][] = needed.map(() => [])
  for (const [index, needs] of needed.entries()) for (const need of needs) dependents[need]?.push(index)
  return dependents
}

// A binary heap, the smallest on top.
function push(heap: number[], value: number): void {
  let at = heap.length
  while (at > 0) {
    const parent = (at - 1) >> 1
    const above = heap[parent] ?? value
    if (above <= value) break
    heap[at] = above
    at = parent
  }
  heap[at] = value
}

function pop(heap: number[]): number | undefined {
  const [top] = heap
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return top
  let at = 0
  for (let child = smallerChild(heap, at); (heap[child] ?? last) < last; child = smallerChild(heap, at)) {
    heap[at] = heap[child] ?? last
    at = child
  }
  heap[at] = last
  return top
}

function smallerChild(heap: readonly number[], at: number): number {
  const left = 2 * at + 1
  return (heap[left + 1] ?? Number.POSITIVE_INFINITY) < (heap[left] ?? Number.POSITIVE_INFINITY)
    ? left + 1
    : left
}

/** What is read in the order it was written, by one reader. */
export interface Queue<Item> {
  push(item: Item): void
  /** Nothing more comes. */
  end(): void
  /** Undefined after the last. */
  next(): Promise<Item | undefined>
}

export function makeQueue<Item>(): Queue<Item> {
  const items: Item[] = []
  let ended = false
  let wake = () => {}
  return {
    push(item) {
      items.push(item)
      wake()
    },
    end() {
      ended = true
      wake()
    },
    async next() {
      while (items.length === 0 && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return items.shift()
    },
  }
}

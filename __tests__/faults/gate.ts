/** Something to wait for that can come, go and come again. */
export interface Gate {
  isOpen(): boolean
  open(): void
  shut(): void
  /** Resolves as soon as it is open. */
  opened(): Promise<void>
}

export function makeGate(isOpen: boolean): Gate {
  let waiting: (() => void)[] = []
  return {
    isOpen: () => isOpen,
    open() {
      isOpen = true
      for (const resolve of waiting) resolve()
      waiting = []
    },
    shut() {
      isOpen = false
    },
    opened: () => (isOpen ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  }
}

/** `1 migration`, `3 migrations`, `0 migrations`. */
export function plural(count: number, noun: string, several = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : several}`
}

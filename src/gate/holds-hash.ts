/** Whether a text holds the whole hash, and not as the beginning of a longer one. */
export function holdsHash(text: string, hash: string): boolean {
  if (hash === '') return false
  for (let at = text.indexOf(hash); at >= 0; at = text.indexOf(hash, at + 1)) {
    const before = text.charAt(at - 1)
    const after = text.charAt(at + hash.length)
    if (!/[0-9A-Za-z:]/.test(before) && !/[0-9A-Za-z]/.test(after)) return true
  }
  return false
}

/**
 * A name without quotes as the server takes it in a database of UTF-8: only A to Z become small. `toLowerCase` would make
 * `É` another name.
 */
export function foldName(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

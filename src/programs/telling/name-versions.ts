/** Versions, in words; of a whole folder, which can be hundreds, the first of them. */
export function nameVersions(versions: readonly string[]): string {
  const more = versions.length - MOST
  return `${versions.slice(0, MOST).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const MOST = 10

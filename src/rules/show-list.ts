/** Names as a sentence has them: `a, b and c`. A long list ends with a number: `a, b, c, d, e and 9 more`. */
export function showList(names: readonly string[]): string {
  if (names.length > MOST_NAMES + 1)
    return `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

const MOST_NAMES = 5

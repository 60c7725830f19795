const LONGEST = 65_536

/** As long as GitHub lets a comment be; a lone half of a character, which no database takes, is replaced. */
export function cutComment(text: string | undefined): string {
  return (text ?? '')
    .slice(0, LONGEST)
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replaceAll('\0', '\ufffd')
}

/** For messages: what is allowed. */
export const BOOLEAN_WORDS = 'true or false (also yes, no, 1, 0)'

/** Undefined where the text is neither: `DRY_RUN=ture` must stop a run and not count as false. */
export function parseBoolean(text: string): boolean | undefined {
  const word = text.toLowerCase()
  if (word === 'true' || word === 'yes' || word === '1') return true
  if (word === 'false' || word === 'no' || word === '0') return false
  return undefined
}

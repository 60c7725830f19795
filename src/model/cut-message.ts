/**
 * What somebody else said can be of any length, is shown by every outlet, and recorded: its beginning, and how much was left
 * out. Of what was cut before, that counts too.
 *
 * @param longest in UTF-16 units, without the words about what was left out
 */
export function cutMessage(message: string, longest = LONGEST_MESSAGE): string {
  if (message.length <= longest + LONGEST_WORDS) return message
  const [words = '', before = '0'] = WORDS.exec(message) ?? []
  const beginning = message.slice(0, longest).replace(/[\ud800-\udbff]$/, '')
  const left = message.length - words.length - beginning.length + Number(before)
  return beginning + leftOut(left)
}

/** The words for so many characters that are left out, at the end of what is shown. */
export const leftOut = (count: number): string => `… (${count} more characters)`

const LONGEST_MESSAGE = 4_000

const WORDS = /… \((\d+) more characters\)$/
const LONGEST_WORDS = 40

/** A text from elsewhere can be of any length, and every later run reads it again. */
export function cutMessage(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE)}…`
}

const LONGEST_MESSAGE = 4_000

import { createInterface } from 'node:readline/promises'

/** Asks on a terminal; anything but `yes` is a no, and so is the end of the input. */
export async function ask(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')))
  try {
    const answer = await Promise.race([lines.question(`${question} Type yes to go on: `), ended])
    return answer.trim().toLowerCase() === 'yes'
  } finally {
    lines.close()
  }
}

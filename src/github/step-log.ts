/** The one way to the log of a step: everything that is printed there passes through one of these. */
export interface StepLog {
  /** Text for people, foreign text included: cleaned first, so that nothing in it is a command. Colours go too. */
  readonly write: (text: string) => void
  /** A workflow command that we made, one line without line end. */
  readonly command: (command: string) => void
}

/**
 * `send` gets whole lines with their line end; `clean` is the writer for foreign text.
 * A command that holds a line end is a bug of ours and throws, because what follows it would be believed.
 */
export function makeStepLog(send: (chunk: string) => void, clean: (text: string) => string): StepLog {
  return {
    write: (text) => send(`${clean(text)}\n`),
    command: (command) => {
      if (/[\r\n]/.test(command)) throw new Error('A workflow command is one line.')
      send(`${command}\n`)
    },
  }
}

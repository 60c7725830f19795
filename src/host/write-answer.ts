/**
 * Writes what a command answers, and resolves once it has arrived, with all that was written before.
 *
 * @returns the exit code: `exitCode`, or 1 where that is 0 and the answer could not be written. Whoever read it may be
 *   gone, as `head` is when it has enough: that is no failure.
 */
export async function writeAnswer(text: string, exitCode: number): Promise<number> {
  const error = await written(process.stdout, text)
  const lost = error && error.code !== 'EPIPE'
  const words = lost
    ? `The answer could not be written to standard output: ${error.message}. What was done is done; the exit code without this is ${exitCode}.\n`
    : ''
  await written(process.stderr, words)
  return lost && exitCode === 0 ? 1 : exitCode
}

function written(stream: NodeJS.WriteStream, text: string): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => void stream.write(text, (error) => resolve(error ?? undefined)))
}

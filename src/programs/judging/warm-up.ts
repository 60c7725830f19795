/**
 * What is needed as soon as something is pending is loaded while the network is waited for, which costs no time then:
 * some 80 ms for the code, the parser and the formats of tokens. A server that answers at once is not waited for, and most runs
 * have nothing to do: there it is loaded when it is needed, if at all.
 *
 * @param waiting what is waited for
 * @param load what goes wrong in it is not told: it goes wrong again where it is needed
 * @returns to be closed before the run ends: nothing is left at work then
 */
export function warmUpDuring(waiting: Promise<unknown>, load: () => Promise<unknown>): AsyncDisposable {
  let loading: Promise<unknown> | undefined
  const timer = setTimeout(() => {
    loading = load().catch(() => {})
  }, NEARBY_MS)
  const stop = () => clearTimeout(timer)
  waiting.then(stop, stop)
  return {
    async [Symbol.asyncDispose]() {
      stop()
      await loading
    },
  }
}

/** A server on the same machine has answered by then, even where it has to start a process first. */
const NEARBY_MS = 8

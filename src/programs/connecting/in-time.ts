/**
 * What comes of something within so many milliseconds, and before the signal; else undefined. Throws what it throws in time.
 * Where this process could not run meanwhile, the answer may be here already, and is read first.
 */
export async function inTime<T>(ms: number, over: AbortSignal, done: Promise<T>): Promise<T | undefined> {
  let stop = () => {}
  const late = new Promise<undefined>((resolve) => {
    const timer = setTimeout(() => setImmediate(resolve, undefined), ms)
    stop = () => {
      clearTimeout(timer)
      over.removeEventListener('abort', stop)
      resolve(undefined)
    }
    over.addEventListener('abort', stop)
    if (over.aborted) stop()
  })
  try {
    return await Promise.race([done, late])
  } finally {
    stop()
  }
}

/**
 * By what a server is known to run on as it did, in seconds since 1970. A restart changes the first. When one of its processes
 * crashes, it ends all others and begins to count anew, so that only the second changes.
 */
export interface ServerLife {
  readonly startedAt: number
  readonly countsSince: number
}

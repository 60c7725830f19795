/** A PostgreSQL on this machine that a server can be started from. */
export interface Server {
  readonly major: number
  /** Where it is, for messages. */
  readonly folder: string
  readonly programs: { readonly bin: string } | { readonly npm: string }
}

/**
 * The one most like the target: of its major, else the nearest newer, which knows all that the target knows, else the
 * newest older. Of several alike the first.
 */
export function chooseServer(servers: readonly Server[], targetMajor: number): Server | undefined {
  const rank = ({ major }: Server) =>
    major >= targetMajor ? major - targetMajor : FARTHER + targetMajor - major
  return servers.toSorted((one, other) => rank(one) - rank(other))[0]
}

/** More than majors will ever differ. */
const FARTHER = 1000

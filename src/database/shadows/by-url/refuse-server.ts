import type { Problem } from '../../../model/problem.js'
import type { ShadowRequest } from '../shadow.js'
import type { ShadowServer } from './read-server.js'

const OLDEST = 15

/** Why no shadow is made on a server, or undefined where one may be. */
export function refuseServer(server: ShadowServer, request: ShadowRequest): Problem | undefined {
  const { host, port, user } = server.endpoint
  const place = `the shadow's server ${host}:${port}`
  if (request.isProtected && isSame(server, request))
    return {
      message: `${place} is the target's own, and its environment is protected: nothing is tried out beside that data`,
      help: 'Name another server in shadow-url, one that holds nothing: a service container, say.',
    }
  if (server.major < OLDEST)
    return {
      message: `${place} is PostgreSQL ${server.version}; versions from ${OLDEST} on are supported`,
      help: `Use PostgreSQL ${OLDEST} or newer, best the target's ${request.target.serverMajor}.`,
    }
  if (server.isStandby)
    return {
      message: `${place} is a standby, which takes no writes`,
      help: 'Name a server that takes writes in shadow-url.',
    }
  if (!server.mayCreateDatabases)
    return {
      message: `the role ${user} may not create databases on ${host}:${port}, and a shadow is one`,
      help: 'Run ALTER ROLE … CREATEDB there, or name another role in shadow-url.',
    }
  return undefined
}

function isSame({ endpoint, systemIdentifier }: ShadowServer, { target }: ShadowRequest): boolean {
  const sameName = endpoint.host.toLowerCase() === target.host.toLowerCase() && endpoint.port === target.port
  return sameName || (systemIdentifier !== undefined && systemIdentifier === target.systemIdentifier)
}

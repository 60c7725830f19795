import type { Look } from './look.js'

/** A new connection, as an application makes it: the one that the run has may be older than the trouble. */
export const lookAtConnectivity: Look<'connectivity'> = async (_check, { open }) => {
  await using session = await open()
  const { error } = await session.send('SELECT 1;')
  if (!error) return { state: 'passed' }
  return {
    state: 'failed',
    message: `a new connection could be made, but the server does not answer on it: ${error.message}`,
    help: 'Look at the server’s log, and whether it is overloaded.',
  }
}

import type { OtherSession } from '../model/watch.js'
import { renderDuration } from './duration.js'
import { cutText } from './foreign-text.js'
import { plural } from './plural.js'

type Quote = (foreign: string) => string

/** `process 4711 (user app, psql, 10.0.0.3, idle in transaction for 34.0 s): SELECT …`, foreign text through `quote`. */
export function describeSession(session: OtherSession, quote: Quote): string {
  const { processId, state, query } = session
  const name = processId === 0 && state !== null ? quote(state) : `process ${processId}`
  const who = `${name} (${factsOf(session, quote).join(', ')})`
  return query === null ? who : `${who}: ${quote(query)}`
}

function factsOf(session: OtherSession, quote: Quote): string[] {
  const { user, application, address } = session
  return [
    ...(user === null ? [] : [`user ${quote(user)}`]),
    ...(application === null ? [] : [quote(application)]),
    ...(address === null ? [] : [quote(address)]),
    stateOf(session, quote),
  ]
}

function stateOf({ processId, state, ageMs }: OtherSession, quote: Quote): string {
  // The server hides it from roles that are not members of pg_read_all_stats.
  if (state === null) return 'what it does is hidden from this role'
  const age = ageMs === null ? '' : `for ${renderDuration(ageMs)}`
  return processId === 0 ? age : `${quote(state)} ${age}`.trim()
}

/** The first session in full, and how many more there are: for one line of a log. */
export function describeSessions([first, ...more]: readonly OtherSession[], quote: Quote): string {
  if (first === undefined) return 'nobody'
  const others = more.length === 0 ? '' : `; and ${plural(more.length, 'other session')}`
  return `${describeSession(first, quote)}${others}`
}

/** Where there is little room: `4711 (psql)`. */
export function nameSession({ processId, application, user }: OtherSession, quote: Quote): string {
  const who = processId === 0 ? 'a prepared transaction' : String(processId)
  const name = application ?? user
  return name === null ? who : `${who} (${quote(cutText(name, 40))})`
}

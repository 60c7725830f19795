import { UserError } from '../../model/user-error.js'
import { SOCKET_PREFIX } from '../embedded/open-socket-server.js'
import { loadServerAccount } from '../embedded/server-account.js'
import { sweepScratch } from '../embedded/sweep-scratch.js'
import type { FoundShadow, NotFound, Shadow, ShadowKind, ShadowRequest } from './shadow.js'
import { SHADOW_KINDS } from './shadow-kinds.js'

/** Why there is no shadow: a clause of each kind, in the order they were asked. */
export interface NoShadow {
  readonly why: readonly string[]
}

/**
 * Opens the first shadow that is to be had. What earlier runs left behind is cleared away on the way. A URL that was
 * given and can not be used is not passed over.
 */
export async function openShadow(
  request: ShadowRequest,
  kinds: readonly ShadowKind[] = Object.values(SHADOW_KINDS),
): Promise<Shadow | NoShadow> {
  await sweepScratch(SOCKET_PREFIX, await loadServerAccount().catch(() => undefined))
  const why: string[] = []
  for (const kind of kinds) {
    const found = await kind.find(request)
    const shadow = 'why' in found ? found : await opened(found, request)
    if (!('why' in shadow)) return shadow
    if ('final' in found && found.final) return { why: [shadow.why] }
    why.push(shadow.why)
  }
  return { why }
}

async function opened(found: FoundShadow, { redact }: ShadowRequest): Promise<Shadow | NotFound> {
  try {
    return await found.open()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const said = error instanceof UserError ? error.message : error.message.slice(0, LONGEST_REASON)
    return { why: redact(asClause(said)) }
  }
}

function asClause(sentence: string): string {
  const clause = sentence.trim().replace(/\.$/, '')
  return /^[A-Z][a-z]/.test(clause) ? `${clause.charAt(0).toLowerCase()}${clause.slice(1)}` : clause
}

/** The end of a server's log may be in it. */
const LONGEST_REASON = 500

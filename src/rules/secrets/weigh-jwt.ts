import type { Weighed } from './weighed.js'

/** A JSON Web Token as text: header, payload and signature. Not at its ends only. */
export const JWT = /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{10,}/g

/** What a JSON Web Token gives access to, by the role that its payload names; undefined for what is none. */
export function weighJwt(text: string): Weighed | undefined {
  const payload = /^eyJ[\w-]{8,}\.(eyJ[\w-]{8,})\.[\w-]{10,}$/.exec(text)?.[1]
  const claims = payload === undefined ? undefined : decode(payload)
  if (claims === undefined) return undefined
  const { role, iss } = claims
  if (role === 'anon') return { kind: 'public', what: 'a JWT of the role anon' }
  // Every local stack of Supabase has the same keys.
  if (iss === 'supabase-demo') return { kind: 'weak', what: `the demo JWT of the role ${named(role)}` }
  return { kind: 'secret', what: role === undefined ? 'a JWT' : `a JWT of the role ${named(role)}` }
}

function decode(payload: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    return typeof claims === 'object' && claims !== null ? { ...claims } : undefined
  } catch {
    return undefined
  }
}

function named(role: unknown): string {
  return /^[\w-]{1,40}$/.test(String(role)) ? String(role) : '(unreadable)'
}

import type { Endpoint } from '../model/target.js'

/**
 * Where a provider has the server itself, or a pool in session mode, instead of its pool in transaction mode.
 * Undefined where host and port don't tell. Supabase has transaction mode on port 6543 and session mode, or the server,
 * on 5432 of the same host; Neon has its pools at the host's name with `-pooler` at the end of the first part.
 */
export function directEndpoint({
  host,
  port,
}: Pick<Endpoint, 'host' | 'port'>): Pick<Endpoint, 'host' | 'port'> | undefined {
  const name = host.toLowerCase().replace(/\.$/, '')
  const atSupabase = /\.pooler\.supabase\.com$|^db\.[a-z0-9]+\.supabase\.co$/.test(name)
  if (atSupabase && port === 6543) return { host, port: 5432 }
  const atNeon = /^[a-z0-9-]+-pooler(?:\.[a-z0-9-]+)*\.neon\.tech$/.test(name)
  if (atNeon) return { host: host.replace(/-pooler(?=\.)/i, ''), port }
  return undefined
}

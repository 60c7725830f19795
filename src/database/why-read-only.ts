import { quoteIdentifier } from '../sql/identifier.js'
import type { TargetFacts } from './target-facts.js'

/** Why nothing can be written to a server. */
export interface ReadOnly {
  /** As a clause about it. */
  readonly why: string
  /** The way out, as sentences. */
  readonly help: string
}

/** Undefined where something can. */
export function whyReadOnly(
  facts: Pick<TargetFacts, 'standby' | 'readOnly' | 'database'>,
): ReadOnly | undefined {
  if (facts.standby)
    return {
      why: 'is a standby, which takes no writes: name the primary',
      help: 'Put the host of the primary into the database URL.',
    }
  if (!facts.readOnly) return undefined
  const { where, help } = (BY_SOURCE[facts.readOnly.source] ?? elsewhere)(facts.readOnly.role, facts.database)
  return { why: `is set to read only (default_transaction_read_only) ${where}`, help }
}

type Told = (role: string, database: string) => { readonly where: string; readonly help: string }

/** By `source` of `pg_settings`. */
const BY_SOURCE: Readonly<Record<string, Told>> = {
  client: () => ({
    where: 'by the options of the URL',
    help: 'Take default_transaction_read_only out of the options of the database URL.',
  }),
  'database user': (role, database) => ({
    where: `for the role ${role} in the database ${database}`,
    help: reset(`ROLE ${quoteIdentifier(role)} IN DATABASE ${quoteIdentifier(database)}`),
  }),
  user: (role) => ({ where: `for the role ${role}`, help: reset(`ROLE ${quoteIdentifier(role)}`) }),
  database: (_, database) => ({
    where: `for the database ${database}`,
    help: reset(`DATABASE ${quoteIdentifier(database)}`),
  }),
  global: () => ({ where: 'for all roles', help: reset('ROLE ALL') }),
  'configuration file': () =>
    byConfiguration(
      'ALTER SYSTEM RESET default_transaction_read_only, or correct postgresql.conf, and reload',
    ),
  'command line': () => byConfiguration('Start it without'),
}

const elsewhere: Told = () => ({
  where: 'by a login trigger or a pooler',
  help: 'Let whatever sets default_transaction_read_only there leave it off.',
})

/** What it is said in is read only itself. */
function reset(where: string): string {
  return `BEGIN READ WRITE; ALTER ${where} RESET default_transaction_read_only; COMMIT; and run again. Where a provider set it, the disk may be full.`
}

function byConfiguration(way: string) {
  return {
    where: 'by the configuration of the server',
    help: `${way}. Where a provider set it, the disk may be full, or this is no primary: its own page tells.`,
  }
}

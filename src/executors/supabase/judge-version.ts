import type { Problem } from '../../model/problem.js'
import type { TlsMode } from '../../model/target.js'
import { isBefore } from './semantics.js'
import type { SupabaseCli } from './supabase-cli.js'

/** What is to be said of a version before anything is sent by it. */
export interface VersionVerdict {
  /** It is not used. */
  readonly problem?: Problem
  /** Sentences. */
  readonly notes: readonly string[]
}

/** The releases that the tests run. */
const OLDEST_TRIED = '2.108.0'
const NEWEST_TRIED = '3.1.0'

/** Refuses versions that are known to do harm here, by name, and tells of what others can not do. */
export function judgeVersion({ version, path }: SupabaseCli, tls: TlsMode): VersionVerdict {
  const refused = REFUSED.find(({ from, until, onlyVerified }) => {
    const isIn = !isBefore(version, from) && isBefore(version, until)
    return isIn && (!onlyVerified || tls === 'verify-full')
  })
  if (refused)
    return {
      problem: {
        message: `The Supabase CLI ${version} (${path}) is not used: ${refused.why}.`,
        help: `Install ${refused.until} or newer: npm install --save-dev supabase@${NEWEST_TRIED}. Or apply the files without it: format: sql.`,
      },
      notes: [],
    }
  return {
    notes: NOTED.flatMap(({ from, until, note }) => (isIn(version, from, until) ? [note(version)] : [])),
  }
}

function isIn(version: string, from: string, until: string): boolean {
  return !isBefore(version, from) && isBefore(version, until)
}

interface Refused {
  readonly from: string
  /** The first that is used again. */
  readonly until: string
  readonly why: string
  /** Only where our own connection checks certificate and name. */
  readonly onlyVerified?: true
}

const REFUSED: readonly Refused[] = [
  { from: '0.0.0', until: '2.0.0', why: 'nothing is known of how it applies files' },
  { from: '2.89.0', until: '2.92.0', why: 'it sends files in a form that servers refuse (42601)' },
  {
    from: '2.110.0',
    until: '2.117.0',
    onlyVerified: true,
    why: "it checks the certificate of a server, but not the name in it, and so is laxer than this run's own connection (verify-full)",
  },
]

interface Noted {
  readonly from: string
  readonly until: string
  readonly note: (version: string) => string
}

const NEVER = '999999.0.0'

const NOTED: readonly Noted[] = [
  {
    from: '0.0.0',
    until: OLDEST_TRIED,
    note: (version) =>
      `The Supabase CLI ${version} is older than any that this tool is tested with (${OLDEST_TRIED} to ${NEWEST_TRIED}).`,
  },
  {
    from: '2.110.0',
    until: '2.111.0',
    note: (version) => `The Supabase CLI ${version} does not tell why a file failed; 2.111.0 and newer do.`,
  },
  {
    from: '4.0.0',
    until: NEVER,
    note: (version) =>
      `The Supabase CLI ${version} is newer than any that this tool is tested with (${OLDEST_TRIED} to ${NEWEST_TRIED}).`,
  },
]

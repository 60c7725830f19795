import type { Failure } from '../../../model/outcome.js'
import { wordsOf } from './tell-lacks.js'

/** What about a shadow makes errors that the target would not have. */
export interface Differences {
  readonly major: number
  readonly targetMajor: number
  /** The target's role is a superuser, and the shadow's is none. */
  readonly lostSuperuser: boolean
  /** Its database has a name of its own. */
  readonly otherName: boolean
  /** Names of what it lacks, or `undefined` where that can be anything. */
  readonly lacking: ReadonlySet<string> | undefined
}

/**
 * Tells an error of a file from one that only the shadow causes.
 *
 * @returns why it says nothing about the file, as a clause; undefined where it does
 */
export function makeExcuse(
  shadow: Differences,
): (failure: Pick<Failure, 'code' | 'message'>) => string | undefined {
  return ({ code, message }) => {
    if (code === '42501' && shadow.lostSuperuser)
      return 'it needs a superuser, as the role on the target is one; on this machine nothing unapproved runs as one'
    if (isExtensionMissing(code, message)) return 'the extension is not installed where it was rehearsed'
    if (code === '3D000' && shadow.otherName) return 'the database has another name where it was rehearsed'
    if (code === 'connection-lost') return 'the server that it was rehearsed on ended'
    if (shadow.major < shadow.targetMajor && NEWER.has(code))
      return `it was rehearsed on PostgreSQL ${shadow.major}, and the target is ${shadow.targetMajor}`
    return MISSING.has(code) && mayConcern(shadow, message)
      ? 'it may need what of the target is not there where it was rehearsed'
      : undefined
  }
}

function mayConcern({ lacking }: Differences, message: string): boolean {
  return lacking === undefined || wordsOf(message).some((word) => lacking.has(word))
}

/** PostgreSQL 16 and newer say that it is not available, 15 that it has no control file. */
function isExtensionMissing(code: string, message: string): boolean {
  return ['0A000', '58P01', '22023'].includes(code) && /extension|\.control/i.test(message)
}

/** Errors that something missing can cause. */
const MISSING = new Set([
  '42P01', // table
  '42704', // object
  '42883', // function
  '42703', // column
  '3F000', // schema
  '42P10', // index for ON CONFLICT
  '42830', // index for a foreign key
  '42809', // of another kind
  '42501', // a right that could not be granted
])

/** Errors that a server has for what only a newer one knows. */
const NEWER = new Set(['42601', '0A000', '42704', '42883', '42P01', '42703', '22023'])

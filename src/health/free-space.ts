import type { HealthVerdict } from '../model/health.js'
import { freeBytesHere } from './free-bytes-here.js'
import type { Look } from './look.js'
import { unreadable } from './unreadable.js'
import { bytes } from './words.js'

/**
 * PostgreSQL tells nobody how much of its disk is free. It can be known where the size of the disk was said (less what the
 * databases and the write-ahead log take), or where the server runs on this machine and its folder can be looked at.
 */
export const lookAtFreeSpace: Look<'free-space'> = async (check, { read, target }) => {
  const { leastBytes, diskBytes, timeoutMs } = check
  const { results, error } = await read(diskBytes === undefined ? FOLDER : USED, timeoutMs)
  if (error) return unreadable('what the databases take', error)
  const [value] = results.at(-1)?.rows[0] ?? []
  const free =
    diskBytes === undefined
      ? await freeBytesHere(value ?? undefined, target.systemIdentifier)
      : diskBytes - Number(value ?? 0)
  if (free === undefined) return UNKNOWN
  const of = diskBytes === undefined ? '' : ` of ${bytes(diskBytes)}, by what its databases take`
  if (free >= leastBytes) return { state: 'passed', details: `${bytes(free)} are free` }
  return {
    state: 'failed',
    message: `${bytes(Math.max(free, 0))} are free${of}, and ${bytes(leastBytes)} are wanted`,
    help: 'Make room, or give the server a larger disk: a rewrite needs as much as the table and its indexes take.',
  }
}

/** A role that may not see the setting sees no row. */
const FOLDER = `SELECT setting FROM pg_catalog.pg_settings WHERE name = 'data_directory'`

/** Databases that the role may not connect to are not counted; nor is the log where it may not be listed. */
const USED = `SELECT (SELECT pg_catalog.sum(pg_catalog.pg_database_size(oid)) FROM pg_catalog.pg_database
  WHERE pg_catalog.has_database_privilege(oid, 'CONNECT'))
  + CASE WHEN pg_catalog.has_function_privilege('pg_catalog.pg_ls_waldir()', 'EXECUTE')
    THEN (SELECT coalesce(pg_catalog.sum(size), 0) FROM pg_catalog.pg_ls_waldir()) ELSE 0 END`

const UNKNOWN: HealthVerdict = {
  state: 'unknown',
  message: 'how much of the disk is free can not be known from here',
  help: 'Say how large the disk is, disk: 100GB, and what the databases take is subtracted; or watch it where the server runs.',
}

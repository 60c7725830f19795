import type { Look } from './look.js'
import { showSome } from './table-values.js'
import { unreadable } from './unreadable.js'
import { seconds } from './words.js'

/** How long what was written here takes until standbys show it. */
export const lookAtReplicationLag: Look<'replication-lag'> = async ({ mostMs, timeoutMs }, { read }) => {
  const { results, error } = await read(
    `SELECT application_name, state, pg_catalog.ceil(EXTRACT(EPOCH FROM replay_lag) * 1000)::int8 FROM pg_catalog.pg_stat_replication ORDER BY 1`,
    timeoutMs,
  )
  if (error) return unreadable('the standbys', error)
  // A base backup that is being taken is no standby.
  const standbys = (results.at(-1)?.rows ?? []).filter(([, state]) => state !== 'backup')
  if (standbys.length === 0) return { state: 'passed', details: 'no standby is connected' }
  if (standbys.some(([, state]) => state === null))
    return {
      state: 'unknown',
      message: 'how far the standbys lag can not be known: the role may not see them',
      help: 'Grant it: GRANT pg_read_all_stats TO <role>.',
    }
  const slow = standbys.filter(([, state, lag]) => state !== 'streaming' || Number(lag ?? 0) > mostMs)
  if (slow.length === 0) return { state: 'passed', details: `${standbys.length} connected` }
  const told = slow.map(([name, state, lag]) =>
    state === 'streaming' ? `${name} lags ${seconds(Number(lag))}` : `${name} does not stream yet (${state})`,
  )
  return {
    state: 'failed',
    message: `${showSome(told)}; ${seconds(mostMs)} are allowed`,
    help: 'Wait until the standbys have caught up: a large migration would put them further behind.',
  }
}

import type { Rows } from '../model/session.js'

/** What a process is doing, in words, and how much of that is done, from 0 to 1. */
export interface Progress {
  readonly doing?: string
  readonly share?: number
}

/**
 * Puts the first two results of `lookQuery` into words. A rewrite by ALTER TABLE reports no progress and its new file is
 * not visible to others before it ends: then the tables it keeps others out of are what can be said.
 */
export function describeProgress(locks: Rows, progress: Rows): Progress {
  const [working] = progress.rows
  const waiting = locks.rows.find(([granted]) => granted === 'f')
  const parts = [
    ...(working ? [describeCommand(working)] : []),
    ...(waiting && !working?.[3]?.startsWith('waiting') ? [describeWait(waiting)] : []),
  ]
  const doing = parts.length > 0 ? parts.join('; ') : describeHeld(locks)
  const share = working ? shareOf(working) : undefined
  return { ...(doing === undefined ? {} : { doing }), ...(share === undefined ? {} : { share }) }
}

type Row = Rows['rows'][number]

/** `building the index public.orders_by_day: scanning table`. */
function describeCommand([command, table, index, phase]: Row): string {
  // What this transaction made has no name for others yet.
  const on = table ?? 'a new table'
  const words = {
    VACUUM: `vacuuming ${on}`,
    ANALYZE: `analysing ${on}`,
    'COPY FROM': `copying into ${on}`,
    'COPY TO': `copying from ${table ?? 'a query'}`,
    'VACUUM FULL': `rewriting ${on} (VACUUM FULL)`,
    CLUSTER: `rewriting ${on} (CLUSTER)`,
  }[command ?? '']
  const what = words ?? `${command?.startsWith('RE') ? 'rebuilding' : 'building'} ${indexOn(index, on)}`
  return phase ? `${what}: ${phase.replace(/^building index: /, '')}` : what
}

function indexOn(index: string | null | undefined, table: string): string {
  return index ? `the index ${index} on ${table}` : `an index on ${table}`
}

function describeWait([, kind, mode, table]: Row): string {
  if (table) return `waiting for ${mode} on ${table}`
  if (kind === 'transactionid') return 'waiting for another transaction to end'
  if (kind === 'virtualxid') return 'waiting for transactions that began earlier to end'
  return `waiting for a lock (${kind ?? 'of an unknown kind'})`
}

const TABLES_SHOWN = 3

function describeHeld({ rows }: Rows): string | undefined {
  const tables = rows.flatMap(([, , , table]) => (table ? [table] : []))
  if (tables.length === 0) return undefined
  const more = tables.length > TABLES_SHOWN ? ' and others' : ''
  return `holding AccessExclusiveLock on ${tables.slice(0, TABLES_SHOWN).join(', ')}${more}`
}

function shareOf([, , , , done, total]: Row): number | undefined {
  if (done == null || total == null || Number(total) <= 0) return undefined
  return Math.min(1, Math.max(0, Number(done) / Number(total)))
}

import type { Finding } from '../model/finding.js'
import type { AppliedRecord } from '../model/history.js'
import type { StartedStatement } from '../model/journal.js'
import type { InvalidIndex, PendingDetach } from '../model/unusable.js'
import { unwrapDown } from '../sql/down-journal.js'
import { parseJournal } from '../sql/journal-text.js'

/** An INVALID index as `verify` tells it: what made it so, as far as that can be told, and what ends it. */
export function tellInvalidIndex(index: InvalidIndex, records: readonly AppliedRecord[]): Finding {
  const begun = findBegun(records, (started) => isIndexOf(started, index))
  const { why, help } = begun ? byRow(index, begun) : byCatalog(index)
  return {
    rule: 'invalid-index',
    severity: 'error',
    message: `The index ${index.name} is INVALID: ${why}.`,
    help,
  }
}

/** A partition that is half detached, in the same way. */
export function tellPendingDetach(detach: PendingDetach, records: readonly AppliedRecord[]): Finding {
  const { partition, table, pair } = detach
  const begun = findBegun(records, ({ trace, before: [before = ''] }) =>
    trace?.kind === 'detaches' ? before.startsWith(`${pair} `) : false,
  )
  const ends = `ALTER TABLE ${table} DETACH PARTITION ${partition} FINALIZE`
  return {
    rule: 'pending-detach',
    severity: 'error',
    message: `The partition ${partition} is half detached from ${table}, and no query on that sees its rows any more: DETACH PARTITION CONCURRENTLY ${begun ? `${outcomeOf(begun)} in ${begun.name}` : 'was not finished'}.`,
    help: begun
      ? `Run ${begun.command} again: where ${begun.name} still has the statement, it begins with ${ends}.`
      : `Run ${ends}, and ATTACH PARTITION where it is to stay.`,
  }
}

/** A statement outside a transaction of which a row says that it began and did not come to its end. */
interface Begun {
  readonly name: string
  readonly started: StartedStatement
  /** What goes on with it. */
  readonly command: 'migrate' | 'rollback'
}

function findBegun(
  records: readonly AppliedRecord[],
  isIt: (started: StartedStatement) => boolean,
): Begun | undefined {
  for (const { name, journal, status } of records) {
    if (status === 'completed' || status === 'rolled_back') continue
    const down = unwrapDown(journal)
    const { started } = parseJournal(down ?? journal ?? '') ?? {}
    if (started && isIt(started))
      return { name, started, command: down === undefined ? 'migrate' : 'rollback' }
  }
  return undefined
}

/** By the number in the catalog; of what was cut off only the name is known. */
function isIndexOf(
  { trace, before, left = [], state }: StartedStatement,
  { oid, name }: InvalidIndex,
): boolean {
  const has = (texts: readonly string[]) => texts.some((text) => text.split(' ', 1)[0] === oid)
  if (trace?.kind === 'drops-index') return has(before)
  if (trace?.kind !== 'builds-index' && trace?.kind !== 'reindexes') return false
  if (has(left)) return true
  if (state !== 'running' || has(before)) return false
  const bare = bareName(name)
  return trace.kind === 'reindexes' ? REBUILT.test(bare) : trace.index === bare
}

function bareName(name: string): string {
  const [, quoted, plain = ''] = /(?:^|\.)(?:"((?:[^"]|"")*)"|([^".]*))$/.exec(name) ?? []
  return quoted?.replaceAll('""', '"') ?? plain
}

/** What REINDEX CONCURRENTLY calls the index that it builds, or replaces. */
const REBUILT = /_cc(new|old)\d*$/

function outcomeOf({ started }: Begun): string {
  return started.state === 'failed' ? 'failed' : 'was cut off, or is at work just now,'
}

interface Words {
  readonly why: string
  readonly help: string
}

function byRow({ name: index }: InvalidIndex, begun: Begun): Words {
  const { name, started, command } = begun
  const became = outcomeOf(begun)
  switch (started.trace?.kind) {
    case 'drops-index':
      return {
        why: `it is half dropped, because DROP INDEX CONCURRENTLY ${became} in ${name}`,
        help: `Run ${command} again: where ${name} still has the statement, it drops the index. To keep it, take the statement out, and run REINDEX INDEX CONCURRENTLY ${index} first.`,
      }
    case 'reindexes':
      return {
        why: `it is what a REINDEX CONCURRENTLY left that ${became} in ${name}`,
        help: `Run ${command} again: it takes the index away first.`,
      }
    default:
      return {
        why: `its concurrent build ${became} in ${name}`,
        help: `Mend what made the build fail, and run ${command} again: it takes the index away first, and builds it anew where ${name} still has the statement.`,
      }
  }
}

function byCatalog({ name, table, partitioned, attached, live }: InvalidIndex): Words {
  if (partitioned)
    return {
      why: `not every partition of ${table} has a valid index attached to it`,
      help: `On each partition that lacks one, run CREATE INDEX CONCURRENTLY, then ALTER INDEX ${name} ATTACH PARTITION: with the last one it is valid. If it is of no use, run DROP INDEX ${name}, which no concurrent way is for.`,
    }
  if (attached)
    return {
      why: 'a concurrent build of it failed',
      help: `Run REINDEX INDEX CONCURRENTLY ${name}: it is part of the index of a partitioned table, and can not be dropped alone.`,
    }
  if (!live)
    return {
      why: 'it is half dropped, because a DROP INDEX CONCURRENTLY of it was not finished',
      help: `Run DROP INDEX CONCURRENTLY ${name}, which ends that.`,
    }
  if (REBUILT.test(bareName(name)))
    return {
      why: 'it is what a REINDEX CONCURRENTLY left that failed',
      help: `Run DROP INDEX CONCURRENTLY ${name}.`,
    }
  return {
    why: 'a concurrent build of it failed, or a concurrent drop',
    help: `Run DROP INDEX CONCURRENTLY ${name}, and build it again in a new migration; or REINDEX INDEX CONCURRENTLY ${name}, where it was whole before and is to stay.`,
  }
}

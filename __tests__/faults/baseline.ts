import type { Traced } from './describe-message.js'
import { openProxy } from './pg-proxy.js'
import { applies, undisturbedExit } from './scenario.js'
import type { Stand } from './stand.js'

/**
 * The messages of a run that nothing disturbs, as two in a row have them. On a machine with much to do a statement can
 * take more than a second, and is then looked at from a second connection: such a run is not like the others.
 *
 * @param cli the command line tool, to run it in a process of its own
 * @throws when no two runs in a row are the same, because then "the k-th message" means nothing; or when one does not
 *   end as its scenario says
 */
export async function takeBaseline(stand: Stand, cli?: string): Promise<readonly Traced[]> {
  let trace = await traceRun(stand, cli)
  for (let pairs = 1; ; pairs++) {
    const next = await traceRun(stand, cli)
    const difference = compareTraces(trace, next)
    if (difference === undefined) return next
    if (pairs === MOST_PAIRS) throw new Error(`${stand.scenario.name}: two runs differ, ${difference}`)
    trace = next
  }
}

const MOST_PAIRS = 5

async function traceRun(stand: Stand, cli: string | undefined): Promise<readonly Traced[]> {
  await stand.reset()
  await using proxy = await openProxy({ url: stand.database.url })
  const seen = await (cli === undefined ? stand.run(proxy.url) : stand.start(proxy.url, cli).ended)
  const { files, name } = stand.scenario
  const isOther = applies(stand.scenario)
    ? files.some(({ version, ends }) => seen.states?.[version] !== ends)
    : files.some(({ version }) => !isRehearsed(seen.rehearsed?.[version]))
  if (isOther || seen.exitCode !== undisturbedExit(stand.scenario))
    throw new Error(`${name}: an undisturbed run says ${JSON.stringify(seen)}`)
  return proxy.trace
}

/** As far as it can be where it is rehearsed. */
export function isRehearsed(state: string | undefined): boolean {
  return state === 'rehearsed' || state === 'partly-rehearsed' || state === 'not-rehearsable'
}

/**
 * Where two traces part, as a clause; undefined where they are equal. Each connection has an order of its own: which of
 * two is heard first is for the machine to decide.
 */
export function compareTraces(one: readonly Traced[], other: readonly Traced[]): string | undefined {
  const [left, right] = [byConnection(one), byConnection(other)]
  const length = Math.max(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const [mine, theirs] = [show(left[index]), show(right[index])]
    if (mine !== theirs)
      return `message ${index} is ${excerpt(mine, theirs)} in one and ${excerpt(theirs, mine)} in the other`
  }
  return undefined
}

function byConnection(trace: readonly Traced[]): readonly Traced[] {
  return trace.toSorted((a, b) => a.connection - b.connection)
}

function show(message: Traced | undefined): string {
  return message ? `${message.side} ${message.connection} ${message.text}` : 'not there'
}

/** What stands around the first difference: a message can hold many files. */
function excerpt(text: string, other: string): string {
  let at = 0
  while (at < text.length && text[at] === other[at]) at++
  const start = Math.max(0, at - 60)
  return `"${start > 0 ? '…' : ''}${text.slice(start, start + 120)}"`
}

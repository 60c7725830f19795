import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Reply } from '../../model/session.js'
import type { OtherSession } from '../../model/watch.js'
import { shortestLockTimeout } from '../../sql/shortest-lock-timeout.js'
import type { Course } from '../sql/course.js'
import type { Group } from './choose-group.js'
import { findBackends } from './find-backends.js'
import { placeFailure } from './place-failure.js'
import { pushCommand } from './push-command.js'
import { readPushFailure, readPushLine } from './read-push-output.js'
import { type RunningCli, runCli } from './run-cli.js'
import type { Supervision } from './supervision.js'
import { type Ending, PATIENCE, untilEnded } from './until-ended.js'
import { type Backends, untilGone } from './until-gone.js'

/** What one `db push` said and left. */
export interface Pushed {
  /** Absent where it ended with exit code 0, which says nothing. */
  readonly failure?: Failure
  /** Of each file of the group: how long it took, in milliseconds, by when the CLI said that it begins. Undefined: it did not. */
  readonly durations: readonly (number | undefined)[]
  /** Whoever was told of it failed. */
  readonly broken?: { readonly error: unknown }
  /** Of those that worked for it. */
  readonly backends: Backends
}

export interface PushOptions {
  /** The server's clock before. */
  readonly since: string
  readonly includeAll: boolean
  readonly onApplying: (index: number) => void
}

/** Starts the CLI and stays with it until it, and what it started on the server, has ended. */
export async function push(
  course: Course,
  supervision: Supervision,
  group: Group,
  { since, includeAll, onApplying }: PushOptions,
): Promise<Pushed> {
  const { signal } = course.work
  const heard = listen(course, supervision, group, onApplying)
  const cli = start(supervision, group, includeAll, heard.hear)
  const kill = () => cli.kill()
  if (signal.aborted) kill()
  signal.addEventListener('abort', kill, { once: true })
  const ask = inTurn()
  const asked = { since, applicationName: supervision.applicationName }
  const find = () => ask(() => findBackends(course.work.session, asked))
  const blockers = watchIt(course, group, cli, heard.firstFile, find).catch(() => [])
  const pooled = supervision.optionsFor === undefined
  // Through a pooler nobody can tell which server process is whose.
  const ending = await untilEnded(cli, {
    find: pooled ? async () => undefined : find,
    holdsLock: () => ask(() => holdsLock(course)),
    heardAt: heard.lastAt,
  })
  signal.removeEventListener('abort', kill)
  const { exitCode, output, killed } = await cli.ended
  const endedAt = Date.now()
  const failure =
    exitCode === 0 ? undefined : explain(supervision.redact(output), exitCode, { killed, ending })
  const migration = heard.current()
  const placed = failure && migration ? placeFailure(failure, migration, output) : failure
  const broken = heard.broken()
  const isCut = failure !== undefined && isCutOff(failure)
  return {
    ...(placed ? { failure: withBlockers(placed, await blockers) } : {}),
    ...(broken ? { broken } : {}),
    durations: group.migrations.map((_, index) => durationOf(heard.begun, index, endedAt)),
    backends: isCut ? await untilGone(find, { pooled, signal }) : 'gone',
  }
}

/** One question at a time on the session that holds the lock. */
function inTurn(): <T>(ask: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (ask) => {
    const answer = last.then(ask)
    last = answer.catch(() => {})
    return answer
  }
}

async function holdsLock({ work }: Course): Promise<boolean> {
  const { error } = await work.session.send(work.bookkeeping.lockHeld)
  return error === undefined
}

/** What is heard of it while it works. */
interface Heard {
  readonly hear: (line: string) => void
  /** By index in the group: when it said that it begins with the file, in milliseconds since 1970. */
  readonly begun: ReadonlyMap<number, number>
  /** When it has begun with any. */
  readonly firstFile: Promise<void>
  readonly lastAt: () => number
  readonly current: () => RunnableMigration | undefined
  readonly broken: () => Pushed['broken']
}

function listen(
  { work: { observe } }: Course,
  { redact }: Supervision,
  { migrations }: Group,
  onApplying: (index: number) => void,
): Heard {
  const begun = new Map<number, number>()
  let lastAt = Date.now()
  let broken: Pushed['broken']
  let announce = () => {}
  const firstFile = new Promise<void>((resolve) => {
    announce = resolve
  })
  const tell = (line: string) => {
    const said = readPushLine(line)
    if (said.kind === 'notice') observe({ ...said, message: redact(said.message) })
    if (said.kind !== 'applying') return
    const index = migrations.findIndex(({ file }) => file.name === said.name)
    if (index < 0) return
    begun.set(index, Date.now())
    announce()
    onApplying(index)
  }
  return {
    begun,
    firstFile,
    lastAt: () => lastAt,
    current: () => migrations[[...begun.keys()].at(-1) ?? -1],
    broken: () => broken,
    hear: (line) => {
      lastAt = Date.now()
      // It comes from the stream's own events, where nobody catches: told once it is known what was applied.
      try {
        tell(line)
      } catch (error) {
        broken ??= { error }
      }
    },
  }
}

function start(
  { cli, target, optionsFor, environment, folder }: Supervision,
  limits: Group,
  includeAll: boolean,
  onLine: (line: string) => void,
): RunningCli {
  const options = [target.options, optionsFor?.(limits) ?? ''].filter(Boolean).join(' ')
  const args = pushCommand(cli, { ...target, options }, { workdir: folder, includeAll })
  return runCli(cli, args, { env: environment, cwd: folder, onLine })
}

/** Looks at what its server process waits for, once it is known which one that is. */
async function watchIt(
  { work }: Course,
  { migrations, lockMs: given }: Group,
  cli: RunningCli,
  firstFile: Promise<void>,
  find: () => Promise<readonly number[] | undefined>,
): Promise<readonly OtherSession[]> {
  const ended = cli.ended.then(asReply)
  if ((await Promise.race([firstFile, ended])) !== undefined) return []
  const backends = await find()
  const [backend] = backends ?? []
  if (backend === undefined || backends?.length !== 1) return []
  const lockMs = shortestLockTimeout([given, ...migrations.map(({ ownLockMs }) => ownLockMs)])
  return (await work.watch.during(backend, lockMs, () => ended)).blockers
}

function asReply({ output }: { readonly output: string }): Reply {
  const { code, message } = readPushFailure(output, null)
  return { results: [], completed: 0, state: 'I', error: { code, message, fatal: false } }
}

function explain(
  output: string,
  exitCode: number | null,
  { killed, ending }: { readonly killed: boolean; readonly ending: Ending },
): Failure {
  if (ending === 'unlocked')
    return {
      code: 'connection-lost',
      message: 'the lock of this run was lost while the Supabase CLI worked, and the CLI was ended',
    }
  if (ending === 'silent')
    return {
      code: 'supabase-ended',
      message: `the Supabase CLI said nothing for ${PATIENCE.silentMs / 1000} s while the server did nothing for it, and was ended`,
    }
  const said = readPushFailure(output, exitCode)
  if (killed) return { code: 'supabase-ended', message: 'the Supabase CLI was ended' }
  if (said.code === 'supabase-cli' && exitCode === null && !LOSS.test(said.message))
    return { ...said, code: 'supabase-ended' }
  return LOST_CODE.test(said.code) || (said.code === 'supabase-cli' && LOSS.test(said.message))
    ? { ...said, code: 'connection-lost' }
    : said
}

const LOST_CODE = /^(?:57P0[123]|08\w{3})$/
const LOSS =
  /unexpected EOF|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|connection (?:reset|terminated|closed|refused)|terminating connection|broken pipe|closed the connection|conn closed/i

function isCutOff({ code }: Failure): boolean {
  return code === 'supabase-ended' || code === 'connection-lost' || code === 'supabase-cli'
}

function withBlockers(failure: Failure, blockers: readonly OtherSession[]): Failure {
  return failure.code === '55P03' && blockers.length > 0 ? { ...failure, blockers } : failure
}

function durationOf(begun: ReadonlyMap<number, number>, index: number, endedAt: number): number | undefined {
  const from = begun.get(index)
  return from === undefined ? undefined : (begun.get(index + 1) ?? endedAt) - from
}

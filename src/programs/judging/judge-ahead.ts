import { setImmediate as whatHasCome } from 'node:timers/promises'
import type { Config } from '../../model/config.js'
import type { MigrationFile } from '../../model/migration.js'
import type { Target } from '../../model/target.js'
import { makePlan } from '../../plan/make-plan.js'
import { hideFileSecrets } from './hide-file-secrets.js'
import { type JudgedFiles, judgeFiles } from './judge-files.js'

/** Files with their secrets found, and what they are judged to be. */
export interface Judged {
  readonly pending: readonly MigrationFile[]
  readonly judged: JudgedFiles
}

/** What was judged before it was known to be what is pending. */
export interface JudgedAhead extends Judged {
  readonly files: readonly MigrationFile[]
  readonly target: JudgedFor
}

type ForJudging = Pick<Config, 'judging' | 'hide'>
type JudgedFor = Pick<Target, 'tracking' | 'serverMajor'>

/**
 * On a target without tracking tables everything is pending, unless another run makes them meanwhile. So it is judged while
 * the lock is asked for: a hundred files take longer than a distant server.
 *
 * @returns undefined where it may be of no use, or went wrong: it goes wrong again where it is needed
 */
export async function judgeAhead(
  config: ForJudging & Pick<Config, 'only' | 'to' | 'allowOutOfOrder'>,
  files: readonly MigrationFile[],
  { tracking, serverMajor }: JudgedFor,
  signal?: AbortSignal,
): Promise<JudgedAhead | undefined> {
  const length = files.reduce((total, { text }) => total + text.length, 0)
  if (tracking.version !== 'absent' || files.length > MANY || length > LONG) return undefined
  await whatHasCome()
  try {
    const chosen = makePlan(files, [], config).plan.migrations.map(({ file }) => file)
    const target = { tracking, serverMajor }
    return { files: chosen, target, ...(await judgeFor(config, chosen, target, signal)) }
  } catch {
    return undefined
  }
}

/** Of more files, or characters, a run that does not get the lock would end visibly later for it. */
const MANY = 1_000
const LONG = 1024 * 1024

/** @throws Ended where the run is asked to end meanwhile */
export async function judgeFor(
  config: ForJudging,
  files: readonly MigrationFile[],
  { tracking, serverMajor: postgres }: JudgedFor,
  signal?: AbortSignal,
): Promise<Judged> {
  const asked = signal ? { signal } : {}
  const pending = await hideFileSecrets(files, config, signal)
  return { pending, judged: await judgeFiles(pending, config, { tracking, postgres, ...asked }) }
}

/** Whether these files would be judged as those were. */
export function isOf(
  ahead: Pick<JudgedAhead, 'files' | 'target'>,
  files: readonly MigrationFile[],
  { tracking, serverMajor }: JudgedFor,
): boolean {
  const { schema, table, version } = ahead.target.tracking
  const isSameTarget =
    serverMajor === ahead.target.serverMajor &&
    schema === tracking.schema &&
    table === tracking.table &&
    version === tracking.version
  return isSameTarget && isSame(ahead.files, files)
}

function isSame(some: readonly MigrationFile[], others: readonly MigrationFile[]): boolean {
  return some.length === others.length && some.every((file, index) => file === others[index])
}

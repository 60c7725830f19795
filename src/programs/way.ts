import type { Bookkeeping } from '../model/bookkeeping.js'
import type { Config } from '../model/config.js'
import type { Session } from '../model/session.js'
import type { Target } from '../model/target.js'
import type { Watch } from '../model/watch.js'
import type { Writer } from '../model/writer.js'
import type { Gathering } from '../report/gathered.js'
import type { SteadyDoor } from './connecting/steady-door.js'
import type { JudgedAhead } from './judging/judge-ahead.js'
import type { System } from './system.js'
import type { Known } from './target/read-history.js'

/** One run on its way through a target: what every step is handed. */
export interface Way {
  readonly door: SteadyDoor
  readonly config: Config
  readonly system: System
  readonly gathered: Gathering
  readonly session: Session
  readonly known: Known
  readonly watch: Watch
  readonly signal: AbortSignal
  /** The connection was lost several times before anything was applied; this is not made good again. */
  readonly lastTry: boolean
  readonly onNotice: (severity: string, message: string) => void
  /** What is likely to be pending, being judged since before that was known. */
  readonly ahead?: Promise<JudgedAhead | undefined> | undefined
  /** What keeps history where it is not of what is applied. Default: as it is. */
  readonly books?: (base: Bookkeeping, target: Target, writer: Writer) => Bookkeeping
}

/** What a command does under the lock instead of bringing pending migrations into the target. */
export type Operate = (run: Way) => Promise<void>

import type { Door } from '../database/open-session.js'
import type { Config } from '../model/config.js'
import type { Session } from '../model/session.js'
import type { Gathering } from '../report/gathered.js'
import type { Known } from './read-history.js'
import type { System } from './system.js'

/** One run on its way through a target: what every step is handed. */
export interface Way {
  readonly door: Door
  readonly config: Config
  readonly system: System
  readonly gathered: Gathering
  readonly session: Session
  /** SQL that sets the session up. */
  readonly settings: string
  readonly known: Known
}

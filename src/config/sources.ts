import type { Provenance } from '../model/config.js'
import type { Command, Inputs } from '../model/inputs.js'
import type { Problem } from '../model/problem.js'
import type { FetchSecrets } from '../model/secret-provider.js'
import type { DevflowFile } from './parse-devflow-yml.js'

/** The little of the machine that making a Config needs, handed in. */
export interface System {
  /** Undefined where there is no such file; throws where it can't or may not be read. */
  readonly readFile: (path: string) => Promise<string | undefined>
  readonly exists: (path: string) => Promise<boolean>
  /** As `readFile`, of a plan: it may be large, and lie where the runner keeps what is temporary. */
  readonly readPlan: (path: string) => Promise<string | undefined>
  /** What GitHub tells of the event that started the job, as JSON; undefined where it can't be read. */
  readonly readEvent: (path: string) => Promise<string | undefined>
  /** Asks whoever keeps the secrets, by `secrets` of the file. Absent: nobody can be asked. */
  readonly fetchSecrets?: FetchSecrets
  readonly osUser: string
  readonly toolVersion: string
}

/** What is found on the way: all of it is told at the end, so nothing stops at the first mistake. */
export interface Ledger {
  readonly problems: Problem[]
  readonly notes: string[]
  readonly provenance: Provenance[]
}

/** A value and where it came from, in the words of messages: `the flag --env`, `the variable TIMEOUT`. */
export interface Chosen<T> {
  readonly value: T
  readonly source: string
}

/** Everything that one part of a Config is made from. */
export interface Sources {
  readonly inputs: Inputs
  readonly system: System
  readonly ledger: Ledger
  /** Undefined: the one given is a mistake, which is already told. */
  readonly command: Command | undefined
  readonly connects: boolean
  /** The absolute working directory. */
  readonly folder: string
  /** The working directory given is a mistake: no path that starts from it is judged. */
  readonly lost: boolean
  readonly file: DevflowFile | undefined
  /** The file has mistakes: whatever depends on it is not judged, to tell no mistake that is none. */
  readonly broken: boolean
  /** Variables that `secrets` of the file did not give: why not, as a clause; empty where that is told already. */
  readonly notProvided?: ReadonlyMap<string, string>
}

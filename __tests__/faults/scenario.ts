import type { InputName } from '../../src/model/inputs.js'

/** One migration, and how to see what it did. */
export interface ScenarioFile {
  readonly version: string
  readonly name: string
  readonly sql: string
  /** All of it or nothing, together with its record. */
  readonly atomic: boolean
  /** What becomes of it where nothing goes wrong on the way. */
  readonly ends: 'applied' | 'failed' | 'not-run'
  /** SQL expressions, each of which counts how often one effect is there. */
  readonly effects: readonly string[]
}

/** Migrations that a run is disturbed in. */
export interface Scenario {
  readonly name: string
  readonly files: readonly ScenarioFile[]
  readonly given?: Partial<Record<InputName, string>>
}

/** The exit code of a run that nothing disturbs. */
export function undisturbedExit({ files }: Scenario): number {
  return files.every(({ ends }) => ends === 'applied') ? 0 : 1
}

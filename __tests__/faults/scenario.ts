import type { InputName } from '../../src/model/inputs.js'

/** One migration, and how to see what it did. */
export interface ScenarioFile {
  readonly version: string
  readonly name: string
  readonly sql: string
  /** What undoes it, where the scenario is a rollback: what is said of the file's effects is said of this then. */
  readonly down?: string
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
  /** What is disturbed. A dry run is followed by a run that applies. Default: `migrate`. */
  readonly command?: 'migrate' | 'dry-run' | 'rollback'
  /** A workflow run applies it, which was approved. */
  readonly approved?: boolean
  /** Rehearsed in a database beside the target's, by a URL. */
  readonly onShadow?: boolean
  /** A file that was applied before any run is disturbed. */
  readonly before?: Pick<ScenarioFile, 'name' | 'sql'>
  readonly files: readonly ScenarioFile[]
  readonly given?: Partial<Record<InputName, string>>
}

/** What is disturbed applies or undoes something, unless it is a dry run. */
export function applies(scenario: Pick<Scenario, 'command'>): boolean {
  return scenario.command !== 'dry-run'
}

/** The exit code of a run that nothing disturbs. */
export function undisturbedExit(scenario: Scenario): number {
  return !applies(scenario) || scenario.files.every(({ ends }) => ends === 'applied') ? 0 : 1
}

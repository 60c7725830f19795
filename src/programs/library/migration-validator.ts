import type { Report } from '../../model/report.js'
import { renderSummary } from '../../render/summary.js'
import { throwUnlessDone } from './library-error.js'
import { type Place, runQuietly } from './run-quietly.js'

/** What `validateAllMigrations` found. */
export interface ValidationReport {
  /** Nothing was found that stops a run. */
  readonly valid: boolean
  readonly fileCount: number
  /** In the order of the files: error, warning or notice, with place, message and help. */
  readonly findings: Report['findings']
  /** Everything there is to tell. */
  readonly report: Report
}

/** Checks of migration files; needs no database. The environment decides how strict the rules are. */
export class MigrationValidator {
  readonly #place: Place

  /** @param directory relative to the working directory of the process, or to `place.folder` */
  constructor(directory: string, environment: string, place: Omit<Place, 'directory' | 'environment'> = {}) {
    this.#place = { ...place, directory, environment }
  }

  /** @throws MigrationError where the set-up is wrong: the folder is not there, the configuration is not understood */
  async validateAllMigrations(): Promise<ValidationReport> {
    const report = await runQuietly(this.#place, 'validate', { given: { all: 'true' } })
    if (report.exitCode === 2) throwUnlessDone(report)
    const { fileCount, findings } = report
    return { valid: report.exitCode === 0, fileCount, findings, report }
  }

  /**
   * Names of the files in the order of application: what needs another file comes after it.
   *
   * @throws MigrationError where there is no such order: a file is missing, or they need one another
   */
  async calculateExecutionOrder(): Promise<readonly string[]> {
    const report = await runQuietly(this.#place, 'graph')
    throwUnlessDone(report)
    return report.graph?.names ?? []
  }

  /** Markdown, as the job summary has it. */
  generateValidationReport({ report }: ValidationReport): string {
    return renderSummary(report)
  }
}

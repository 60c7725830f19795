import { access, readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { makeConfig } from '../config/make-config.js'
import type { Config } from '../model/config.js'
import type { Inputs } from '../model/inputs.js'
import type { Report } from '../model/report.js'
import { TOOL_VERSION } from '../model/tool-version.js'
import { UserError } from '../model/user-error.js'
import { makeReport } from '../report/make-report.js'
import { migrate } from './migrate.js'
import type { System } from './system.js'

/** What an entry gets back: the report, and the configuration where there was one to make. */
export interface Run {
  readonly report: Report
  readonly config?: Config
}

/**
 * One command from inputs to report. A wrong set-up is a report too (exit code 2); what is thrown is a bug of ours.
 *
 * @param onConfig called as soon as the configuration stands, so that secrets are masked before anything is printed
 */
export async function run(
  inputs: Inputs,
  system: System,
  onConfig: (config: Config) => Promise<void>,
): Promise<Run> {
  const startedAt = system.now()
  let config: Config | undefined
  try {
    config = await makeConfig(inputs, disk)
    await onConfig(config)
    return { report: await migrate(config, system, startedAt), config }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { report: refuse(inputs, config, error, startedAt, system.now()), ...(config ? { config } : {}) }
  }
}

const disk = {
  readFile: (path: string) => readFile(path, 'utf8').catch(() => undefined),
  exists: (path: string) =>
    access(path).then(
      () => true,
      () => false,
    ),
  osUser: userInfo().username,
  toolVersion: TOOL_VERSION,
}

function refuse(
  inputs: Inputs,
  config: Config | undefined,
  error: UserError,
  startedAt: Date,
  now: Date,
): Report {
  const known = config ?? {
    command: 'migrate' as const,
    dryRun: false,
    notes: [],
    environment: { name: inputs.given.environment ?? '' },
  }
  return makeReport({ config: known, startedAt, directory: '', problems: error.problems }, now)
}

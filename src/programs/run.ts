import { isOperating } from '../config/command-groups.js'
import { COMMANDS } from '../config/commands.js'
import { refuseUnknown } from '../config/refuse-unknown.js'
import type { Config } from '../model/config.js'
import type { Finding } from '../model/finding.js'
import type { Command, Inputs } from '../model/inputs.js'
import type { Report } from '../model/report.js'
import { UserError } from '../model/user-error.js'
import type { Gathered } from '../report/gathered.js'
import { makeReport } from '../report/make-report.js'
import type { System } from './system.js'
import { nameRuntime } from './telling/name-runtime.js'

/**
 * One command, from inputs to report. Never throws: a wrong set-up is a report too (exit code 2), and so is a bug of
 * ours (exit code 1).
 *
 * @param onConfig called as soon as the configuration stands, so that secrets are masked before anything is printed
 */
export async function run(
  inputs: Inputs,
  system: System,
  onConfig: (config: Config) => Promise<void>,
): Promise<Report> {
  const startedAt = system.now()
  let config: Config | undefined
  try {
    config = await configure(inputs)
    await onConfig(config)
    if (config.command === 'setup') return makeReport({ config, startedAt, directory: '' }, system.now())
    nameRuntime()
    // Loaded late, from a bundle of its own: refusing a mistake needs neither the driver nor the parser.
    // Advice that fails must not leave a run alone that is under way.
    const advised = advise(config).catch(() => undefined)
    const [report, advice] = await Promise.all([work(config, system, startedAt), advised])
    const whole = advice ? withAdvice(config, report, advice) : report
    return await withNotifications(config, await withComment(config, whole, system), system)
  } catch (error) {
    const told =
      error instanceof UserError
        ? { problems: error.problems }
        : { bug: (config?.redact ?? hideAll)(stackOf(error)) }
    return makeReport(
      { config: config ?? unknownConfig(inputs), startedAt, directory: '', ...told },
      system.now(),
    )
  }
}

/** From a bundle of its own, unless there is no such command: then there is nothing to configure. */
async function configure(inputs: Inputs): Promise<Config> {
  refuseUnknown(inputs)
  const { loadConfig } = await import(/* webpackIgnore: true */ './load-config.js')
  return loadConfig(inputs)
}

/** The way of migrations into a target; or what else a command does, from a bundle that most runs never read. */
async function work(config: Config, system: System, startedAt: Date): Promise<Report> {
  if (isOperating(config.command)) {
    const { operate } = await import(/* webpackIgnore: true */ './operate.js')
    return operate(config, system, startedAt)
  }
  const { migrate } = await import(/* webpackIgnore: true */ './migrate.js')
  return migrate(config, system, startedAt)
}

/** Of a job that works on what more than one run can reach: what its workflow should say, so that they wait for one another. */
async function advise(config: Config): Promise<Finding | undefined> {
  const { command, environment, gate, variableOf } = config
  const works = config.changes || command === 'migrate' || command === 'dry-run'
  if (!works || variableOf('GITHUB_ACTIONS') !== 'true') return undefined
  if (environment.class === 'development' || gate.ephemeral !== 'no') return undefined
  const { adviseOnConcurrency } = await import(/* webpackIgnore: true */ './advise-on-concurrency.js')
  return adviseOnConcurrency(config)
}

/** A warning, once: a dry run before it in the same job says it in a note. */
function withAdvice({ changes }: Config, report: Report, advice: Finding): Report {
  if (changes) return { ...report, findings: [...report.findings, advice] }
  return { ...report, notes: [...report.notes, `${advice.message} ${advice.help}`] }
}

/** The pull request is told last, of all there is to tell; what goes wrong with that is a note. */
async function withComment(config: Config, report: Report, system: System): Promise<Report> {
  if (config.gate.comment === 'off') return report
  const notes = await tryToComment(config, report, system).catch((error: unknown) => [
    `The comment on the pull request was not written, by an error of devflow-migrate itself: ${stackOf(error)}`,
  ])
  return { ...report, notes: [...report.notes, ...notes.map(config.redact)] }
}

/** Whoever wants to know is told; what goes wrong with that is a note. */
async function withNotifications(config: Config, report: Report, system: System): Promise<Report> {
  if (config.notifications === undefined) return report
  const notes = await tryToNotify(config, report, system).catch((error: unknown) => [
    `Nobody was notified, by an error of devflow-migrate itself: ${stackOf(error)}`,
  ])
  return { ...report, notes: [...report.notes, ...notes.map(config.redact)] }
}

async function tryToNotify(config: Config, report: Report, system: System): Promise<string[]> {
  const { notify } = await import(/* webpackIgnore: true */ './notify.js')
  const problems = await notify(config, report, system)
  return problems.map(({ message, help }) => `${message} ${help}`)
}

async function tryToComment(config: Config, report: Report, system: System): Promise<string[]> {
  const { tellPullRequest } = await import(/* webpackIgnore: true */ './tell-pull-request.js')
  const problems = await tellPullRequest(config, report, system)
  return problems.map(({ message, help }) => `${message} ${help}`)
}

/** What the report needs to say of a run that has no configuration: what was asked for, as far as it can be told. */
function unknownConfig({ given, entry }: Inputs): Gathered['config'] {
  const asked = given.command ?? (entry === 'action' ? 'migrate' : 'validate')
  const command = Object.hasOwn(COMMANDS, asked) ? (asked as Command) : 'migrate'
  // Its messages are made, and redacted, by the configuration stage.
  return {
    command,
    dryRun: false,
    notes: [],
    environment: { name: given.environment ?? '' },
    redact: (text) => text,
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** What is secret is not known yet, so only where it happened is told. */
function hideAll(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
}

import { isatty } from 'node:tty'
import { parseArguments } from './config/parse-arguments.js'
import { renderHelp } from './config/render-help.js'
import { deliverInJob, isInJob } from './github/cli-in-job.js'
import { makeGroupedLog } from './github/groups.js'
import { makeStepLog } from './github/step-log.js'
import { endOnSignals } from './host/end-on-signals.js'
import { leave } from './host/leave.js'
import { makeRunFiles } from './host/run-files.js'
import { spareMemory } from './host/spare-memory.js'
import { writeAnswer } from './host/write-answer.js'
import type { Config } from './model/config.js'
import type { Finding } from './model/finding.js'
import type { Inputs } from './model/inputs.js'
import type { Operation } from './model/operation.js'
import type { Plan } from './model/plan.js'
import type { Observe, ProgressEvent } from './model/progress.js'
import type { Report } from './model/report.js'
import { TOOL_VERSION } from './model/tool-version.js'
import { start } from './programs/start.js'
import type { System } from './programs/system.js'
import { renderAnnotation } from './render/annotation-command.js'
import { makeAnnotations } from './render/annotations.js'
import { renderBar } from './render/bar.js'
import { renderForceQuestion } from './render/force-question.js'
import { logText } from './render/foreign-text.js'
import { renderGraph } from './render/graph.js'
import { renderJson } from './render/json.js'
import { renderOperationQuestion } from './render/operation-question.js'
import { renderProgress } from './render/progress.js'
import { renderProvenance } from './render/provenance.js'
import { resultRenderers } from './render/result-renderers.js'
import { renderSummary } from './render/summary.js'
import { renderTerminal } from './render/terminal.js'
import { ask } from './terminal/ask.js'
import { showProgress } from './terminal/show-progress.js'

/** `devflow`: the answer goes to standard output, everything else to standard error. */
async function main(): Promise<void> {
  const wanted = parseArguments(process.argv.slice(2), process.env, process.cwd())
  if (wanted.kind === 'help') process.exitCode = await writeAnswer(renderHelp(), 0)
  else if (wanted.kind === 'version') process.exitCode = await writeAnswer(`${TOOL_VERSION}\n`, 0)
  else await command(wanted.inputs, wanted.json)
}

async function command(inputs: Inputs, json: boolean): Promise<void> {
  const color = wantsColor(process.stderr, inputs)
  const log = openLog(inputs, color)
  const signal = endOnSignals((name) => log.observe({ kind: 'cancelling', signal: name }))
  // Not process.stdin, which costs some milliseconds to make.
  const asks = !inputs.ci && isatty(0) && process.stderr.isTTY === true
  const system = {
    observe: log.observe,
    now: () => new Date(),
    spareMemory,
    signal,
    ...(asks ? asking(log.close, signal) : {}),
  }
  const report = await start(inputs, system, log.begin)
  log.close()
  if (isInJob(process.env)) await tellJob(report)
  await log.end(report)
  const answer = json ? renderJson(report) : renderAnswer(report, style(inputs))
  const exitCode = await writeAnswer(answer, report.exitCode)
  // Goodbye is said to the server by now. Nobody waits for its answer, which may never come.
  await leave(exitCode)
}

/** A graph is for other programs: what else there is to tell goes to standard error. */
function renderAnswer(report: Report, look: ReturnType<typeof style>): string {
  if (report.graph === undefined) return renderTerminal(report, look)
  if (report.exitCode !== 0 || report.findings.length > 0) process.stderr.write(renderTerminal(report, look))
  return renderGraph(report.graph)
}

function style(inputs: Inputs): { color: boolean; verbose: boolean; width?: number } {
  const { columns } = process.stdout
  const { verbose } = inputs
  return { color: wantsColor(process.stdout, inputs), verbose, ...(columns ? { width: columns } : {}) }
}

/** https://no-color.org: any non-empty value means no colour. */
function wantsColor(stream: NodeJS.WriteStream, { ci, variables }: Inputs): boolean {
  return !ci && stream.isTTY === true && !variables.NO_COLOR && variables.TERM !== 'dumb'
}

interface Log {
  readonly observe: Observe
  readonly begin: (config: Config) => Promise<void>
  /** Ends what is drawn or folded. */
  readonly close: () => void
  /** Writes the files that were asked for. */
  readonly end: (report: Report) => Promise<void>
}

/** Progress: a bar on a terminal, groups in a GitHub job, lines elsewhere; and all of it in the log file. */
function openLog(inputs: Inputs, color: boolean): Log {
  const files = makeRunFiles()
  const line = (event: ProgressEvent) => renderProgress(event, { color })
  const shown = chooseLog(inputs, line)
  return {
    observe: (event) => {
      files.note(() => renderProgress(event, { color: false }))
      shown.observe(event)
    },
    begin: async (config) => {
      await files.open(config)
      if (config.verbose) process.stderr.write(renderProvenance(config))
    },
    close: shown.close,
    end: async (report) => {
      const problems = await files.end(
        () => renderTerminal(report, { color: false }),
        (redact) => resultRenderers(report, isInJob(process.env), redact),
      )
      for (const problem of problems) process.stderr.write(`${logText(problem)}\n`)
    },
  }
}

function chooseLog(
  { ci }: Inputs,
  line: (event: ProgressEvent) => string | undefined,
): { observe: Observe; close: () => void } {
  if (isInJob(process.env)) return makeGroupedLog(stepLog(), line)
  if (!ci && process.stderr.isTTY) return showProgress(process.stderr, { line, bar: renderBar })
  const observe = (event: ProgressEvent) => {
    const text = line(event)
    if (text !== undefined) process.stderr.write(`${text}\n`)
  }
  return { observe, close: () => {} }
}

function stepLog(): ReturnType<typeof makeStepLog> {
  return makeStepLog((chunk) => process.stderr.write(chunk), logText)
}

function tellJob(report: Report): Promise<void> {
  const annotations = makeAnnotations(report).map(renderAnnotation)
  return deliverInJob(annotations, (limit) => renderSummary(report, limit), process.env, stepLog())
}

function asking(
  clear: () => void,
  signal: AbortSignal,
): Pick<System, 'confirm' | 'confirmOperation' | 'confirmForce'> {
  return {
    confirm: confirmPlan(clear, signal),
    confirmOperation: confirmOperation(clear, signal),
    confirmForce: confirmForce(clear, signal),
  }
}

/** Staging and production are asked about, where somebody is there to answer. */
function confirmPlan(
  clear: () => void,
  signal: AbortSignal,
): (plan: Plan, config: Config) => Promise<boolean> {
  return async (plan, { environment }) => {
    if (environment.class === 'development') return true
    clear()
    const count = plan.migrations.length
    return ask(
      `Apply ${count} ${count === 1 ? 'migration' : 'migrations'} to ${logText(environment.name)}?`,
      signal,
    )
  }
}

/** As with a plan; what would be done is shown first, since no plan was. */
function confirmOperation(
  clear: () => void,
  signal: AbortSignal,
): (operation: Operation, config: Config) => Promise<boolean> {
  return async (operation, { command, environment }) => {
    if (environment.class === 'development') return true
    clear()
    process.stderr.write(renderOperationQuestion(operation))
    return ask(`Do this (${command}) on ${logText(environment.name)}?`, signal)
  }
}

/** Whoever says yes is recorded. */
function confirmForce(
  clear: () => void,
  signal: AbortSignal,
): (findings: readonly Finding[], config: Config) => Promise<boolean> {
  return (findings, { environment }) => {
    clear()
    process.stderr.write(renderForceQuestion(findings))
    return ask(`Force it on ${logText(environment.name)}, on your name?`, signal)
  }
}

// Whoever read the output may be gone; what is being applied goes on, and the exit code still tells.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

await main()

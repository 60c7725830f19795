import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addToPath } from './github/add-to-path.js'
import { deliver } from './github/deliver.js'
import { gatherInputs } from './github/gather-inputs.js'
import { makeGroupedLog } from './github/groups.js'
import { maskSecrets } from './github/mask.js'
import { makeStepLog } from './github/step-log.js'
import { endOnSignals } from './host/end-on-signals.js'
import { leave } from './host/leave.js'
import { makeRunFiles } from './host/run-files.js'
import { spareMemory } from './host/spare-memory.js'
import type { Config } from './model/config.js'
import type { ProgressEvent } from './model/progress.js'
import type { Report } from './model/report.js'
import { run } from './programs/run.js'
import { renderAnnotation } from './render/annotation-command.js'
import { makeAnnotations } from './render/annotations.js'
import { logText } from './render/foreign-text.js'
import { renderJson } from './render/json.js'
import { OUTPUT_WORDS } from './render/output-words.js'
import { makeOutputs } from './render/outputs.js'
import { renderProgress } from './render/progress.js'
import { renderProvenance } from './render/provenance.js'
import { resultRenderers } from './render/result-renderers.js'
import { renderSummary } from './render/summary.js'
import { renderTerminal } from './render/terminal.js'

const log = makeStepLog((chunk) => process.stdout.write(chunk), logText)

const reportPath = join(
  process.env.RUNNER_TEMP || tmpdir(),
  `devflow-report-${process.pid}-${Date.now()}.json`,
)
const masked: string[] = []
const files = makeRunFiles()

/** The action: secrets are masked before the first line, and every output is set on every path. */
async function main(): Promise<void> {
  const inputs = gatherInputs(process.env)
  // The configuration may refuse before it knows its secrets.
  mask([inputs.given['database-url'] ?? ''])
  const shown = makeGroupedLog(log, (event) => renderProgress(event, { color: false }))
  const observe = (event: ProgressEvent) => {
    files.note(() => renderProgress(event, { color: false }))
    shown.observe(event)
  }
  const signal = endOnSignals((name) => observe({ kind: 'cancelling', signal: name }))
  const report = await run(inputs, { observe, mask, now: () => new Date(), spareMemory, signal }, begin)
  shown.close()
  const text = renderTerminal(report, { color: false })
  const problems = await files.end(
    () => text,
    (redact) => resultRenderers(report, true, redact),
  )
  for (const problem of problems) log.write(problem)
  log.write(text.trimEnd())
  await deliver(
    {
      outputs: makeOutputs(report, await writeReport(report)),
      masked,
      annotations: makeAnnotations(report).map(renderAnnotation),
      summary: (limit) => renderSummary(report, limit),
      exitCode: report.exitCode,
    },
    process.env,
    log,
  )
  // A connection that does not answer any more must not keep a cancelled run.
  if (signal.aborted) await leave(report.exitCode)
}

function mask(secrets: readonly string[]): void {
  masked.push(...maskSecrets(secrets, log, [...OUTPUT_WORDS, reportPath]))
}

async function begin(config: Config): Promise<void> {
  mask(config.secrets)
  if (config.command === 'setup') await setUp()
  await files.open(config)
  if (config.verbose) log.write(renderProvenance(config).trimEnd())
}

async function setUp(): Promise<void> {
  const folder = await addToPath(
    join(dirname(fileURLToPath(import.meta.url)), 'cli.js'),
    process.env.RUNNER_TEMP,
  )
  log.write(`The command devflow lies in ${folder}.`)
}

/** @returns the path of the whole report as JSON, or nothing where it could not be written */
async function writeReport(report: Report): Promise<string> {
  try {
    await writeFile(reportPath, renderJson(report), { mode: 0o600 })
    return reportPath
  } catch (error) {
    log.write(`The report was not written: ${error instanceof Error ? error.message : String(error)}`)
    return ''
  }
}

// Whoever read the log may be gone; what is being applied goes on, and the exit code still tells.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

await main()

import { readFile } from 'node:fs/promises'
import { parseKeyValues } from './file-commands.js'
import { fail, type Step } from './step.js'

/** The files that the runner gives a step, by the variable that names each. */
export const commandFiles = [
  'GITHUB_OUTPUT',
  'GITHUB_ENV',
  'GITHUB_PATH',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
] as const

export type CommandFile = (typeof commandFiles)[number]

/** What the step's files hold, read after its process ended. */
export interface StepFiles {
  readonly path: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Masked; empty where GitHub dropped it. */
  readonly summary: string
}

/** Above this many bytes GitHub drops the whole summary and adds an error annotation. */
const summaryLimit = 1024 * 1024

/** Reads the files in the runner's way: what is malformed fails the step; outputs of files win over printed ones. */
export async function finishStep(
  step: Step,
  files: Readonly<Record<CommandFile, string>>,
): Promise<StepFiles> {
  const path = (await readText(files.GITHUB_PATH)).split(/\r?\n/).filter((line) => line !== '')
  const environment = Object.fromEntries(keyValues(step, 'env', await readText(files.GITHUB_ENV)))
  if ('NODE_OPTIONS' in environment) {
    fail(step, "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.")
    delete environment.NODE_OPTIONS
  }
  const summary = checkSummary(step, await readText(files.GITHUB_STEP_SUMMARY))
  Object.assign(step.state, Object.fromEntries(keyValues(step, 'state', await readText(files.GITHUB_STATE))))
  Object.assign(
    step.outputs,
    Object.fromEntries(keyValues(step, 'output', await readText(files.GITHUB_OUTPUT))),
  )
  return { path, environment, summary }
}

/** Outputs of a job that hold a mask are not passed on to other jobs, without failing anything. */
export function dropSecretOutputs(step: Step): Record<string, string> {
  return Object.fromEntries(
    Object.entries(step.outputs).filter(([, value]) => step.masker.mask(value) !== value),
  )
}

function keyValues(step: Step, name: string, text: string): Map<string, string> {
  try {
    return parseKeyValues(text)
  } catch (error) {
    fail(step, `Unable to process file command '${name}' successfully. ${String(error)}`)
    return new Map()
  }
}

function checkSummary(step: Step, text: string): string {
  const bytes = Buffer.byteLength(text)
  if (bytes > summaryLimit) {
    const message = `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${Math.floor(bytes / 1024)}k.`
    step.annotate({ level: 'error', message })
    return ''
  }
  return text.split('\n').map(step.masker.mask).join('\n')
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return ''
  }
}

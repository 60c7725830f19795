import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ActionCommand } from './action-command.js'
import type { ShownAnnotation } from './annotation.js'
import { type CommandFile, commandFiles, dropSecretOutputs, finishStep } from './finish-step.js'
import { makeLineSplitter } from './line-splitter.js'
import { openStep, type Step } from './step.js'

export interface JobOptions {
  /** The Node that runs the script; default: the one that runs the tests. */
  readonly node?: string
  readonly script: string
  /** Arguments after the script, for a command line in a `run:` step. */
  readonly args?: readonly string[]
  /** Inputs of the action, as under `with:`. */
  readonly inputs?: Readonly<Record<string, string>>
  /** Variables of the step, as under `env:`; the process gets nothing else of the test's own environment. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Folder of the checkout; default: an empty one. */
  readonly workspace?: string
  /** The event's name and payload; default: a push. */
  readonly event?: { readonly name: string; readonly payload?: unknown }
  /** Values that the job's secrets hold: masked from the start. */
  readonly secrets?: readonly string[]
  /** Sent once `when` appears in a line, as a cancelled job does. */
  readonly signal?: { readonly name: NodeJS.Signals; readonly when: string }
  readonly timeoutMs?: number
}

export interface JobResult {
  /** Of the process; 128 + n where signal n ended it. */
  readonly exitCode: number
  /** What GitHub says: a malformed command file fails a step whose process succeeded. */
  readonly conclusion: 'success' | 'failure'
  /** Masked, as people read it. */
  readonly log: readonly string[]
  /** As printed, in the order received. */
  readonly raw: readonly string[]
  readonly stdout: string
  readonly stderr: string
  readonly annotations: readonly ShownAnnotation[]
  readonly droppedAnnotations: readonly ShownAnnotation[]
  /** Outputs of the step, and those of them that a job could not pass on. */
  readonly outputs: Readonly<Record<string, string>>
  readonly droppedOutputs: Readonly<Record<string, string>>
  readonly summary: string
  readonly masks: readonly string[]
  readonly path: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  readonly commands: readonly ActionCommand[]
}

const signalNumbers: Readonly<Partial<Record<NodeJS.Signals, number>>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGKILL: 9,
  SIGTERM: 15,
}

/** Runs a script as a step of a GitHub job and reads its streams and files as the runner does. */
export async function runAction(options: JobOptions): Promise<JobResult> {
  const folder = await mkdtemp(join(tmpdir(), 'runner-'))
  try {
    const { env, files, workspace } = await prepare(folder, options)
    const step = openStep({ workspace, debug: env.RUNNER_DEBUG === '1' })
    for (const secret of options.secrets ?? []) step.masker.add(secret)
    const { exitCode, stdout, stderr } = await runProcess(options, { ...env, ...files }, workspace, step)
    const { path, environment, summary } = await finishStep(step, files)
    const { log, raw, annotations, droppedAnnotations, outputs, state, commands } = step
    return {
      exitCode,
      conclusion: exitCode === 0 && !step.failed ? 'success' : 'failure',
      stdout,
      stderr,
      path,
      environment,
      summary,
      droppedOutputs: dropSecretOutputs(step),
      masks: step.masker.values(),
      ...{ log, raw, annotations, droppedAnnotations, outputs, state, commands },
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function prepare(folder: string, options: JobOptions) {
  const workspace = options.workspace ?? join(folder, 'workspace')
  const temp = join(folder, 'temp')
  await Promise.all([workspace, temp].map((path) => mkdir(path, { recursive: true })))
  const files = Object.fromEntries(
    commandFiles.map((name) => [name, join(folder, name.toLowerCase())]),
  ) as Record<CommandFile, string>
  await Promise.all(Object.values(files).map((path) => writeFile(path, '')))
  const { name = 'push', payload = {} } = options.event ?? {}
  const eventPath = join(folder, 'event.json')
  await writeFile(eventPath, JSON.stringify(payload))
  const inputs = Object.entries(options.inputs ?? {}).map(([input, value]) => {
    return [`INPUT_${input.replaceAll(' ', '_').toUpperCase()}`, value]
  })
  const env: Record<string, string | undefined> = {
    ...githubVariables(workspace, temp),
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: eventPath,
    ...Object.fromEntries(inputs),
    ...options.env,
  }
  return { env, files, workspace }
}

function githubVariables(workspace: string, temp: string): Record<string, string> {
  return {
    PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    HOME: temp,
    LANG: 'C.UTF-8',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_JOB: 'migrate',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '42',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
    GITHUB_TRIGGERING_ACTOR: 'octocat',
    GITHUB_WORKFLOW: 'database',
    GITHUB_WORKSPACE: workspace,
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: temp,
  }
}

async function runProcess(
  { node = process.execPath, script, args = [], signal, timeoutMs = 120_000 }: JobOptions,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
  step: Step,
): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const child = spawn(node, [script, ...args], { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs).unref()
  let signalled = false
  const take = (line: string) => {
    step.takeLine(line)
    if (signal === undefined || signalled || !line.includes(signal.when)) return
    signalled = true
    child.kill(signal.name)
  }
  const texts = { stdout: '', stderr: '' }
  const ended = (['stdout', 'stderr'] as const).map((name) => {
    const splitter = makeLineSplitter(take)
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      texts[name] += chunk
      splitter.push(chunk)
    })
    return new Promise<void>((done) => child[name].once('close', () => done(splitter.flush())))
  })
  const exitCode = await new Promise<number>((done, failed) => {
    child.once('error', failed)
    child.once('close', (code, by) => done(code ?? 128 + (by === null ? 0 : (signalNumbers[by] ?? 0))))
  })
  await Promise.all(ended)
  clearTimeout(timer)
  return { exitCode, ...texts }
}

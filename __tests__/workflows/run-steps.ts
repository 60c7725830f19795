import { access, cp, mkdir } from 'node:fs/promises'
import { basename, delimiter, join } from 'node:path'
import type { Bundle } from '../support/a-bundle.js'
import type { Project } from '../support/a-project.js'
import { node24 } from '../support/node24.js'
import { type JobResult, runAction } from '../support/runner/run-action.js'
import { type Contexts, fill, isWanted, type Outcome } from './evaluate.js'

/** A step as it stands in the file. */
export interface Step {
  readonly name: string
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly run?: string
  readonly env?: Readonly<Record<string, unknown>>
}

export interface StepRun {
  readonly name: string
  readonly outcome: Outcome
  /** Absent where nothing of ours was run: a checkout, an artifact, a step that was left out. */
  readonly ran?: JobResult
}

/** The runner of one job. */
export interface Machine {
  readonly bundle: Bundle
  /** The checkout. */
  readonly project: Pick<Project, 'path'>
  /** RUNNER_TEMP, the same for all steps of the job. */
  readonly temp: string
  /** Folder that the artifacts of the run lie in, by name. */
  readonly artifacts: string
  /** Variables that every step has, such as GITHUB_API_URL. */
  readonly env: Readonly<Record<string, string>>
  readonly event: { readonly name: string; readonly payload?: unknown }
  readonly secrets: readonly string[]
  /** Somebody cancels the run as soon as these words are printed. */
  readonly cancelledAt?: string
}

/** Runs steps one after the other, as the runner does: outputs, conditions, PATH. */
export async function runSteps(
  steps: readonly Step[],
  machine: Machine,
  contexts: Contexts,
): Promise<{ steps: StepRun[]; known: Contexts; status: Outcome }> {
  const runs: StepRun[] = []
  const known: Record<string, unknown> = {}
  const path: string[] = []
  let status: Outcome = 'success'
  for (const step of steps) {
    const all = { ...contexts, steps: known }
    if (!isWanted(step.if, all, status)) {
      runs.push({ name: step.name, outcome: 'skipped' })
      continue
    }
    const ran = await runStep(step, machine, all, path)
    const outcome = outcomeOf(ran, machine)
    if (outcome !== 'success') status = outcome
    path.unshift(...(ran?.path ?? []))
    runs.push({ name: step.name, outcome, ...(ran === undefined ? {} : { ran }) })
    if (step.id !== undefined) known[step.id] = { outcome, outputs: ran?.outputs ?? {} }
  }
  return { steps: runs, known, status }
}

function outcomeOf(ran: JobResult | undefined, { cancelledAt }: Machine): Outcome {
  if (ran === undefined || ran.conclusion === 'success') return 'success'
  const isCancelled = cancelledAt !== undefined && ran.raw.some((line) => line.includes(cancelledAt))
  return isCancelled ? 'cancelled' : 'failure'
}

const OURS = /^org\/devflow-migrate@v\d+$/

async function runStep(
  step: Step,
  machine: Machine,
  contexts: Contexts,
  path: readonly string[],
): Promise<JobResult | undefined> {
  const given = fillAll(step.with, contexts)
  const [action = ''] = (step.uses ?? '').split('@')
  if (action === 'actions/checkout') return undefined
  if (action === 'actions/upload-artifact') return await keepArtifact(given, machine)
  if (action === 'actions/download-artifact') return await getArtifact(given, machine)
  const env = {
    RUNNER_TEMP: machine.temp,
    ...machine.env,
    ...fillAll(step.env, contexts),
    PATH: [...path, '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
  }
  const common = { workspace: machine.project.path, env, event: machine.event, secrets: machine.secrets }
  if (step.run !== undefined)
    return runAction({ ...common, node: '/bin/bash', script: '-e', args: ['-c', step.run] })
  if (!OURS.test(step.uses ?? '')) throw new Error(`No such action here: ${step.uses}`)
  const node = node24()
  return runAction({
    ...common,
    ...(node === undefined ? {} : { node }),
    ...(machine.cancelledAt === undefined
      ? {}
      : { signal: { name: 'SIGINT', when: machine.cancelledAt } as const }),
    script: machine.bundle.action,
    inputs: given,
  })
}

function fillAll(
  values: Readonly<Record<string, unknown>> | undefined,
  contexts: Contexts,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) => [name, fill(value, contexts)]),
  )
}

async function keepArtifact(
  { name = '', path = '' }: Record<string, string>,
  machine: Machine,
): Promise<undefined> {
  await access(path)
  const folder = join(machine.artifacts, name)
  await mkdir(folder, { recursive: true })
  await cp(path, join(folder, basename(path)))
}

async function getArtifact(
  { name = '', path = '' }: Record<string, string>,
  machine: Machine,
): Promise<undefined> {
  await cp(join(machine.artifacts, name), path, { recursive: true })
}

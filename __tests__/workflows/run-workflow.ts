import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { read } from '../repository/tree.js'
import type { Bundle } from '../support/a-bundle.js'
import type { Project } from '../support/a-project.js'
import { aFolder } from '../support/postgres/a-folder.js'
import { type Contexts, fill, fillTyped, isWanted, type Outcome } from './evaluate.js'
import { runSteps, type Step, type StepRun } from './run-steps.js'

/** What a workflow is run with. */
export interface WorkflowOptions {
  readonly bundle: Bundle
  readonly project: Pick<Project, 'path'>
  /** The event's name and payload; default: a push. */
  readonly event?: { readonly name: string; readonly payload?: unknown }
  /** A branch or a tag; default: the branch main. */
  readonly ref?: { readonly type: 'branch' | 'tag'; readonly name: string }
  /** Of `workflow_dispatch`, or what a caller gives; the file's defaults stand where nothing is given. */
  readonly inputs?: Readonly<Record<string, unknown>>
  /** Secrets of the repository, or what a caller passes on. */
  readonly secrets?: Readonly<Record<string, string>>
  /** Secrets of a GitHub environment, which win in its jobs. */
  readonly environments?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Only these jobs are run; default: all. */
  readonly only?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly token?: string
  /** Somebody cancels the run as soon as these words are printed by our action. */
  readonly cancelledAt?: string
  /** As a caller runs it: with the inputs of `workflow_call`. Default: as its own event does. */
  readonly isCalled?: boolean
  /** Called before a job begins: what happens to the repository and the database meanwhile. */
  readonly before?: (job: string) => Promise<void>
}

export interface JobRun {
  readonly result: Outcome
  readonly outputs: Readonly<Record<string, string>>
  readonly steps: readonly StepRun[]
  /** Of its steps, in order. */
  readonly summary: string
  readonly log: string
}

export interface WorkflowRun {
  readonly jobs: Readonly<Record<string, JobRun>>
  /** Of a reusable workflow. */
  readonly outputs: Readonly<Record<string, string>>
  readonly result: Outcome
}

interface Job {
  readonly needs?: readonly string[]
  readonly if?: string
  readonly environment?: string
  readonly outputs?: Readonly<Record<string, string>>
  readonly steps?: readonly Step[]
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly secrets?: Readonly<Record<string, string>>
}

interface Workflow {
  readonly on: {
    readonly workflow_call?: {
      readonly inputs?: Declared
      readonly outputs?: Record<string, { value: string }>
    }
    readonly workflow_dispatch?: { readonly inputs?: Declared } | null
  }
  readonly jobs: Readonly<Record<string, Job>>
}
type Declared = Readonly<Record<string, { readonly default?: unknown }>>

/** Runs a workflow's jobs in the order in which they need each other, with the action and the command line of `dist/`. */
export async function runWorkflow(text: string, options: WorkflowOptions): Promise<WorkflowRun> {
  await using folder = await aFolder()
  return await runIn(folder.path, text, options)
}

async function runIn(folder: string, text: string, options: WorkflowOptions): Promise<WorkflowRun> {
  const workflow = parse(text) as Workflow
  const inputs = withDefaults(workflow, options)
  const github = githubContext(options)
  const jobs: Record<string, JobRun> = {}
  for (const [id, job] of Object.entries(workflow.jobs)) {
    const needs = pick(jobs, job.needs ?? [])
    const contexts = { github, inputs, needs, runner: { temp: join(folder, id) } }
    const isLeftOut = options.only !== undefined && !options.only.includes(id)
    if (isLeftOut || !isWanted(job.if, contexts, statusOf(Object.values(needs)))) jobs[id] = SKIPPED
    else {
      await options.before?.(id)
      jobs[id] = await (job.uses === undefined ? runJob : callJob)(id, job, folder, contexts, options)
    }
  }
  const declared = Object.entries(workflow.on.workflow_call?.outputs ?? {})
  const outputs = declared.map(([name, { value }]) => [name, fill(value, { jobs })] as const)
  const results = Object.values(jobs).map(({ result }) => result)
  return {
    jobs,
    outputs: Object.fromEntries(outputs),
    result: (['failure', 'cancelled'] as const).find((one) => results.includes(one)) ?? 'success',
  }
}

const SKIPPED: JobRun = { result: 'skipped', outputs: {}, steps: [], summary: '', log: '' }

function withDefaults({ on }: Workflow, { event, inputs = {}, isCalled = false }: WorkflowOptions): Contexts {
  const byHand = event?.name === 'workflow_dispatch' ? on.workflow_dispatch?.inputs : undefined
  const declared = (isCalled ? on.workflow_call?.inputs : byHand) ?? {}
  const defaults = Object.entries(declared).map(([name, one]) => [name, inputs[name] ?? one.default] as const)
  return Object.fromEntries(defaults)
}

function githubContext({
  event,
  ref = { type: 'branch', name: 'main' },
  inputs,
  token,
}: WorkflowOptions): Contexts {
  const texts = Object.entries(inputs ?? {}).map(([name, value]) => [name, String(value)] as const)
  return {
    event_name: event?.name ?? 'push',
    event: { ...(event?.payload as object | undefined), inputs: Object.fromEntries(texts) },
    ref: `refs/${ref.type === 'tag' ? 'tags' : 'heads'}/${ref.name}`,
    ref_type: ref.type,
    ref_name: ref.name,
    repository: 'acme/shop',
    token: token ?? 'ghs_none',
  }
}

function pick(jobs: Readonly<Record<string, JobRun>>, names: readonly string[]): Record<string, JobRun> {
  return Object.fromEntries(names.map((name) => [name, jobs[name] ?? SKIPPED]))
}

function statusOf(jobs: readonly JobRun[]): Outcome {
  const results = jobs.map(({ result }) => result)
  if (results.includes('cancelled')) return 'cancelled'
  if (results.includes('failure')) return 'failure'
  return results.includes('skipped') ? 'skipped' : 'success'
}

type RunJob = (
  id: string,
  job: Job,
  folder: string,
  contexts: Contexts,
  options: WorkflowOptions,
) => Promise<JobRun>

const runJob: RunJob = async (id, job, folder, contexts, options) => {
  const temp = join(folder, id)
  await mkdir(temp, { recursive: true })
  const own = options.environments?.[fill(job.environment, contexts)] ?? {}
  const secrets = { ...options.secrets, ...own }
  const github = contexts.github as Record<string, string>
  const machine = {
    bundle: options.bundle,
    project: options.project,
    temp,
    artifacts: join(folder, 'artifacts'),
    env: { GITHUB_JOB: id, GITHUB_REF: github.ref ?? '', ...options.env },
    event: { name: github.event_name ?? '', payload: options.event?.payload },
    secrets: Object.values(secrets).filter((value) => value !== ''),
    ...(options.cancelledAt === undefined ? {} : { cancelledAt: options.cancelledAt }),
  }
  const ran = await runSteps(job.steps ?? [], machine, { ...contexts, secrets })
  const all = { ...contexts, steps: ran.known }
  const outputs = Object.entries(job.outputs ?? {}).map(([name, value]) => [name, fill(value, all)] as const)
  return {
    result: ran.status,
    outputs: Object.fromEntries(outputs),
    steps: ran.steps,
    summary: ran.steps.map((step) => step.ran?.summary ?? '').join('\n'),
    log: ran.steps.flatMap((step) => step.ran?.log ?? []).join('\n'),
  }
}

/** A job that is one of our reusable workflows: as the file in this repository has it. */
const callJob: RunJob = async (id, job, folder, contexts, options) => {
  const [, name] =
    /^org\/devflow-migrate\/(\.github\/workflows\/[\w-]+\.yml)@v\d+$/.exec(job.uses ?? '') ?? []
  if (name === undefined) throw new Error(`No such workflow here: ${job.uses}`)
  const given = Object.entries(job.with ?? {}).map(
    ([input, value]) => [input, fillTyped(value, contexts)] as const,
  )
  const all = { ...contexts, secrets: options.secrets ?? {} }
  const secrets = Object.entries(job.secrets ?? {}).map(
    ([secret, value]) => [secret, fill(value, all)] as const,
  )
  const { before } = options
  const called = {
    ...options,
    isCalled: true,
    inputs: Object.fromEntries(given),
    secrets: Object.fromEntries(secrets),
    ...(before === undefined ? {} : { before: (inner: string) => before(`${id} / ${inner}`) }),
  }
  const { only: _, ...withoutOnly } = called
  const run = await runIn(join(folder, id), read(name), withoutOnly)
  const jobs = Object.values(run.jobs)
  return {
    result: run.result,
    outputs: run.outputs,
    steps: jobs.flatMap(({ steps }) => steps),
    summary: jobs.map(({ summary }) => summary).join('\n'),
    log: jobs.map(({ log }) => log).join('\n'),
  }
}

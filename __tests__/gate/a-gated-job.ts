import { openResultFiles, type ResultFiles } from '../../src/host/open-result-files.js'
import type { InputName } from '../../src/model/inputs.js'
import type { ProgressEvent } from '../../src/model/progress.js'
import type { Report } from '../../src/model/report.js'
import { run } from '../../src/programs/run.js'
import type { System } from '../../src/programs/system.js'
import { resultRenderers } from '../../src/render/result-renderers.js'
import { aProject, type Project } from '../support/a-project.js'
import { SHA } from '../support/github-api/a-repository.js'

/** What `devflow.yml` says of the environment `live`, as the file spells it. */
export type Settings = Readonly<Record<string, unknown>>

/** What a step of a job was given. */
export interface StepOptions {
  readonly given?: Partial<Record<InputName, string | undefined>>
  /** Over those of a job that a push started; undefined: not set. */
  readonly variables?: Readonly<Record<string, string | undefined>>
  readonly entry?: 'action' | 'cli'
  readonly payload?: unknown
  readonly system?: Partial<System>
}

/** A repository whose workflow has steps of ours, each the whole program in this process, for environment `live`. */
export interface Checkout extends AsyncDisposable {
  readonly project: Project
  readonly events: ProgressEvent[]
  /** Writes `devflow.yml` anew. */
  configure(settings: Settings): Promise<void>
  step(command: string, options?: StepOptions): Promise<Report>
}

/** @param files by name in the folder `migrations` */
export async function aCheckout(
  databaseUrl: string,
  settings: Settings,
  files: Readonly<Record<string, string>> = ONE_FILE,
): Promise<Checkout> {
  const project = await aProject({ 'migrations/.keep': '' })
  for (const [name, sql] of Object.entries(files)) await project.write(`migrations/${name}`, sql)
  const events: ProgressEvent[] = []
  const checkout: Checkout = {
    project,
    events,
    configure: (more) => project.write('devflow.yml', devflowYml(more)),
    step: async (command, options = {}) => {
      await project.write('event.json', JSON.stringify(options.payload ?? {}))
      return takeStep(project, events, command, databaseUrl, options)
    },
    [Symbol.asyncDispose]: () => project[Symbol.asyncDispose](),
  }
  await checkout.configure(settings)
  return checkout
}

/** GitHub's answer comes in time on a busy machine, too: one that is late would be another try. */
export const PATIENT = { timeoutMs: 30_000, pauseMs: 5 }

const ONE_FILE = { '01_a.sql': 'create table a (n int);' }

/** JSON is YAML. What is undefined is left out. */
export function devflowYml(live: Settings): string {
  return JSON.stringify({
    project: { name: 'shop' },
    database: { environments: { live: { url_env: 'LIVE_DATABASE_URL', rehearse: 'off', ...live } } },
  })
}

async function takeStep(
  project: Project,
  events: ProgressEvent[],
  command: string,
  databaseUrl: string,
  { given = {}, variables = {}, entry = 'action', system = {} }: StepOptions,
): Promise<Report> {
  let results: ResultFiles | undefined
  let redact = (text: string) => text
  const report = await run(
    {
      entry,
      given: withoutUndefined({ command, environment: 'live', ...given }),
      variables: withoutUndefined({
        ...JOB,
        GITHUB_WORKSPACE: project.path,
        GITHUB_EVENT_PATH: `${project.path}/event.json`,
        LIVE_DATABASE_URL: databaseUrl,
        ...variables,
      }),
      folder: project.path,
      ...(entry === 'action' ? { boundary: project.path } : {}),
      ci: true,
      verbose: false,
    },
    {
      observe: (event) => events.push(event),
      now: () => new Date(),
      github: PATIENT,
      ...system,
    },
    async (config) => {
      results = await openResultFiles(config)
      redact = config.redact
    },
  )
  const problems = await results?.end(resultRenderers(report, true, redact))
  if (problems !== undefined && problems.length > 0) throw new Error(problems.join('\n'))
  return report
}

const JOB = {
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  GITHUB_ACTOR: 'octocat',
  GITHUB_TRIGGERING_ACTOR: 'octocat',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_JOB: 'migrate',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_RUN_ID: '42',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_SHA: SHA,
}

function withoutUndefined<T>(record: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(record).filter((entry): entry is [string, T] => entry[1] !== undefined),
  )
}

/** All that a report says of what is wrong and how to mend it. */
export function told({ problems }: Report): string {
  return problems.map(({ message, help, lines = '' }) => `${message}\n${help}\n${lines}`).join('\n')
}

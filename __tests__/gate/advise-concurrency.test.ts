import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { adviseConcurrency } from '../../src/gate/advise-concurrency.js'

const path = '.github/workflows/production.yml'
const advise = (job: string, workflow = '', environment = 'production') =>
  adviseConcurrency(
    { path, value: parse(`${workflow}\njobs:\n  migrate:\n    runs-on: ubuntu-latest\n${job}`) },
    { environment, job: 'migrate' },
  )
const grouped = (group: string, more = '') => `    concurrency:\n      group: ${group}\n${more}`

describe('a workflow whose runs wait for one another', () => {
  it.each([
    '    concurrency: migrate-production\n',
    grouped('migrate-production'),
    grouped('migrate-production', '      cancel-in-progress: false\n      queue: max\n'),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
    grouped('migrate-${{ inputs.environment }}'),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
    grouped('${{ github.workflow }}-production'),
    grouped('the github.sha of nobody'),
  ])('needs nothing: %j', (job) => {
    expect(advise(job)).toBeUndefined()
    expect(advise('', job.replaceAll(/^ {4}/gm, ''))).toBeUndefined()
  })
})

describe('a job that calls a reusable workflow', () => {
  it('is not told of, for the job that runs is one of another file', () => {
    expect(advise('    uses: acme/workflows/.github/workflows/migrate.yml@main\n')).toBeUndefined()
  })
})

describe('a workflow whose runs can meet', () => {
  it('is told what to add', () => {
    const advice = advise('')
    expect(advice?.message).toBe(
      'The job migrate of .github/workflows/production.yml has no concurrency, so two runs can work on production at once; the second one then waits for the lock in the database.',
    )
    expect(parse(advice?.lines ?? '')).toEqual({
      concurrency: { group: 'devflow-production', 'cancel-in-progress': false },
    })
  })

  it.each([
    ['github.run_id', 'for each run'],
    ['github.sha', 'for each commit'],
    ['github.ref', 'for each branch or tag'],
    ['github.head_ref || github.run_id', 'for each run'],
    ['github.actor', 'for each person'],
    ['github.event_name', 'for each event'],
    ['github.event.number', 'for each event'],
  ])('because of %s is told so', (expression, why) => {
    expect(advise(grouped(`migrate-\${{ ${expression} }}`))?.message).toContain(`another one ${why}`)
  })

  it.each(['true', "'true'", `\${{ github.ref == 1 }}`, '1'])(
    'or be cancelled while they apply (%s) is told so, wherever it stands',
    (value) => {
      const cancelling = grouped('migrate-production', `      cancel-in-progress: ${value}\n`)
      expect(advise(cancelling)?.lines).toBe('cancel-in-progress: false')
      expect(advise('    concurrency: production\n', cancelling.replaceAll(/^ {4}/gm, ''))?.lines).toBe(
        'cancel-in-progress: false',
      )
    },
  )

  it.each([
    '    concurrency:\n',
    '    concurrency: {}\n',
    '    concurrency: []\n',
    grouped("''"),
    grouped('7'),
  ])('because there is no group is told what to add: %j', (job) =>
    expect(advise(job)?.lines).toContain('group: devflow-production'),
  )

  it('gets lines that are YAML for any name of an environment', () => {
    const lines = advise('', '', 'eu: "west"\n- x')?.lines ?? ''
    expect(parse(lines)).toMatchObject({ concurrency: { group: 'devflow-eu-west-x' } })
  })
})

describe('a workflow that does not hold the job', () => {
  const values: readonly unknown[] = [
    undefined,
    null,
    'text',
    [],
    {},
    { jobs: null },
    { jobs: { other: {} } },
    { jobs: { toString: 1 } },
  ]
  it.each(values.map((value) => ({ value })))('is not judged: $value', ({ value }) => {
    expect(adviseConcurrency({ path, value }, { environment: 'live', job: 'migrate' })).toBeUndefined()
    expect(adviseConcurrency({ path, value }, { environment: 'live', job: undefined })).toBeUndefined()
  })
})

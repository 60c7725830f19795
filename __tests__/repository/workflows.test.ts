import { beforeAll, describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { parseBlocks } from './markdown.js'
import { list, read } from './tree.js'
import { type CheckWorkflow, openWorkflowCheck } from './workflow-rules.js'

const workflows = list('.github/workflows')
const sound = read('.github/workflows/check-dist.yml')
const expression = '{{ github.ref_name }}'
let check: CheckWorkflow

beforeAll(async () => {
  check = await openWorkflowCheck()
})

describe('a workflow of the repository', () => {
  it.each(workflows)('%s is valid, pinned and leaves no token behind', (path) => {
    expect(check(read(path), path)).toEqual([])
  })

  it('is there for continuous integration, for dist, for releases, and for others to call', () => {
    expect(workflows.map((path) => path.split('/').at(-1))).toEqual([
      'check-dist.yml',
      'ci.yml',
      'production.yml',
      'release.yml',
      'staging.yml',
    ])
  })
})

describe('an example of a workflow', () => {
  it.each(list('examples/workflows'))('%s is valid, pinned and leaves no token behind', (path) => {
    expect(check(read(path), path)).toEqual([])
  })

  it('for pull requests is the one in the documents', () => {
    const example = read('examples/workflows/check-migrations.yml')
    expect(parseBlocks(read('docs/github-action.md')).map(({ text }) => text)).toContain(example)
  })
})

describe('the CI workflow', () => {
  const { jobs } = parse(read('.github/workflows/ci.yml'))

  it('lets its last job wait for every other one', () => {
    const { all, ...others } = jobs
    expect([...all.needs].sort()).toEqual(Object.keys(others).sort())
    expect(all.if).toBe('always()')
  })

  it("runs exactly the README's command on the supported Nodes", () => {
    const command = 'npm ci && npm test'
    expect(jobs.test.steps.at(-1).run).toBe(command)
    expect(jobs.test.strategy.matrix.node).toEqual([20, 22, 24])
    expect(read('README.md')).toContain(command)
  })

  it('runs the action on the supported majors of PostgreSQL', () => {
    expect(jobs.action.strategy.matrix.postgres).toEqual([15, 16, 17, 18])
  })
})

describe('the check of workflows', () => {
  it.each([
    ['a tag', sound.replace(/checkout@[0-9a-f]{40} # v[\d.]+/, 'checkout@v7'), 'not pinned'],
    ['a commit without its version', sound.replace(/(checkout@[0-9a-f]{40}) # v[\d.]+/, '$1'), 'not pinned'],
    ['a token left behind', sound.replace('persist-credentials: false', 'fetch-depth: 1'), 'token is left'],
    ['an expression in a script', sound.replace('run: npm ci', `run: echo $${expression}`), 'pass it by env'],
    ['no permissions', sound.replace(/permissions:\n.*\n/, ''), 'permissions'],
    ['no time limit', sound.replace(/ +timeout-minutes.*\n/, ''), 'timeout-minutes'],
    ['a misspelt key', sound.replace('runs-on:', 'run-on:'), 'run-on'],
    [
      'a need of a job that is not there',
      sound.replace('    runs-on:', '    needs: [no]\n    runs-on:'),
      '"no"',
    ],
    ['an unknown context', sound.replace('if: failure()', 'if: failure() && nope.x'), 'nope'],
  ])('finds %s', (_name, text, expected) => {
    expect(text).not.toBe(sound)
    expect(check(text, 'w.yml').join('\n')).toContain(expected)
  })

  it('finds a migration that nothing keeps from running twice at once', () => {
    const [example] = parseBlocks(read('README.md')).filter(({ language }) => language === 'yaml')
    const text = (example?.text ?? '').replace(/ +concurrency:\n.*\n.*\n/, '')
    expect(check(text, 'w.yml')).toEqual([
      'w.yml: job migrate: nothing keeps two runs apart; add concurrency',
    ])
  })
})

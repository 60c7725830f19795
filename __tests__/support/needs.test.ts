import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { needs } from './needs.js'

describe('needs', () => {
  it('misses nothing where the program is there', () => {
    expect(needs('node', { program: 'node', atLeast: 20 }).missing).toBeUndefined()
  })

  it('says which program is missing', () => {
    expect(needs('node', 'no-such-program').missing).toBe('no-such-program is not installed')
  })

  it('says which version is too old', () => {
    expect(needs({ program: 'node', atLeast: 9000 }).missing).toMatch(/^node is \d+, needed is 9000$/)
  })

  it('says what else is not here', () => {
    expect(needs({ what: 'Node.js 24', isThere: false }).missing).toBe('Node.js 24 is not here')
  })

  it('skips the test under a name that begins with NOT RUN', () => {
    const { numPassedTests, numPendingTests, titles } = runInJest({})
    expect([numPassedTests, numPendingTests]).toEqual([1, 1])
    expect(titles).toContain('NOT RUN: misses a program (no-such-program is not installed)')
  })

  it('fails the test where DEVFLOW_TEST_ALL wants every test run', () => {
    const { numFailedTests, numPendingTests, titles } = runInJest({ DEVFLOW_TEST_ALL: '1' })
    expect([numFailedTests, numPendingTests]).toEqual([1, 0])
    expect(titles).toContain('misses a program')
  })
})

interface Results {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly titles: readonly string[]
}

function runInJest(variables: Record<string, string>): Results {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js']
  const only = ['--json', '--testMatch', '**/needs.example.ts']
  const { DEVFLOW_TEST_ALL: _, ...env } = process.env
  const { stdout } = spawnSync(process.execPath, [...jest, ...only], {
    cwd: root,
    encoding: 'utf8',
    env: { ...env, ...variables },
  })
  const results = JSON.parse(stdout) as Omit<Results, 'titles'> & {
    testResults: { assertionResults: { title: string }[] }[]
  }
  return {
    ...results,
    titles: results.testResults.flatMap((file) => file.assertionResults.map(({ title }) => title)),
  }
}

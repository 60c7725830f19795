import { describe, expect, it } from '@jest/globals'
import { ACTION_INPUTS, gatherInputs } from '../../src/github/gather-inputs.js'

describe('the inputs of the action', () => {
  it('are read from variables with hyphens kept, trimmed, empty ones left out', () => {
    const { given } = gatherInputs({
      'INPUT_DATABASE-URL': ' postgres://x ',
      INPUT_COMMAND: 'plan',
      INPUT_ENVIRONMENT: '',
      'INPUT_DRY-RUN': '  ',
      INPUT_UNKNOWN: 'x',
      INPUT_DATABASE_URL: 'not this one',
    })
    expect(given).toEqual({ 'database-url': 'postgres://x', command: 'plan' })
  })

  it('start from the workspace and are bound to it', () => {
    const inputs = gatherInputs({ GITHUB_WORKSPACE: '/home/runner/work' }, '/elsewhere')
    expect(inputs).toMatchObject({
      entry: 'action',
      folder: '/home/runner/work',
      boundary: '/home/runner/work',
      ci: true,
      verbose: false,
    })
    expect(gatherInputs({}, '/elsewhere')).toMatchObject({ folder: '/elsewhere', boundary: '/elsewhere' })
  })

  it('are verbose where the workflow runs with debug logging', () => {
    expect(gatherInputs({ RUNNER_DEBUG: '1' }).verbose).toBe(true)
    expect(gatherInputs({ RUNNER_DEBUG: '0' }).verbose).toBe(false)
  })

  it('have kebab-case names', () => {
    for (const name of ACTION_INPUTS) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
  })
})

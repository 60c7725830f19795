import { describe, expect, it } from '@jest/globals'
import { refuseUnknown } from '../../src/config/refuse-unknown.js'
import type { Inputs } from '../../src/model/inputs.js'
import { UserError } from '../../src/model/user-error.js'

const anInputs = (overrides: Partial<Inputs> = {}): Inputs => ({
  entry: 'cli',
  given: { command: 'nonsense' },
  variables: {},
  folder: '/',
  ci: false,
  verbose: false,
  fix: false,
  ...overrides,
})

const problemsOf = (inputs: Inputs) => {
  try {
    refuseUnknown(inputs)
    return []
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return error.problems
  }
}

describe('a word that is no command', () => {
  it('is refused before anything else is looked at', () => {
    expect(problemsOf(anInputs())).toEqual([
      {
        message: 'The command "nonsense" is unknown.',
        help: expect.stringMatching(/^Commands: validate, graph/),
      },
    ])
  })

  it('is one that is near', () => {
    expect(problemsOf(anInputs({ given: { command: 'migrat' } }))[0]?.help).toMatch(/^Did you mean migrate\?/)
  })

  it('is missing', () => {
    expect(problemsOf(anInputs({ given: {} }))[0]?.message).toBe('No command is named.')
  })

  it('is not refused yet where it could be a secret: the configuration knows what must not be shown', () => {
    const secret = { command: 'hunter' }
    for (const url of ['postgres://u:hunter@h/d', 'postgres://u:%68unter@h/d', 'postgres://u:hunter@h/%zz'])
      expect(problemsOf(anInputs({ given: secret, variables: { PROD_URL: url } }))).toEqual([])
    expect(problemsOf(anInputs({ given: { ...secret, 'github-token': 'hunter' } }))).toEqual([])
    for (const command of ['aHVudGVy', 'hunter2', 'a'.repeat(21)])
      expect(problemsOf(anInputs({ given: { command } }))).toEqual([])
  })

  it('waits for other mistakes, to be told with them', () => {
    const mistakes = [{ message: 'Unknown flag "--x".', help: '' }]
    expect(problemsOf(anInputs({ mistakes }))).toEqual([])
  })

  it('is the input of the action itself, which is no secret for that', () => {
    const inputs = anInputs({ entry: 'action', variables: { INPUT_COMMAND: 'nonsense' } })
    expect(problemsOf(inputs)[0]?.message).toMatch(/"nonsense" is unknown/)
  })
})

it('a command is let through', () => {
  expect(problemsOf(anInputs({ given: { command: 'migrate' } }))).toEqual([])
})

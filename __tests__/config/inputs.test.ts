import { describe, expect, it } from '@jest/globals'
import { COMMANDS } from '../../src/config/commands.js'
import { CLI_FLAGS, INPUTS } from '../../src/config/inputs.js'

describe('INPUTS', () => {
  it.each(Object.entries(INPUTS))('%s has the flag of its name, --env and the verb aside', (name, spec) => {
    const expected = name === 'environment' ? '--env' : name === 'command' ? undefined : `--${name}`
    expect(spec.flag).toBe(expected)
  })

  it.each(Object.entries(INPUTS))(
    '%s is described in a sentence, with its default and its commands',
    (_, spec) => {
      expect(spec.doc).toMatch(/^[A-Z].*\.$/)
      expect(spec.default).not.toBe('')
      expect(spec.commands.length).toBeGreaterThan(0)
    },
  )

  it('lists values exactly for choices', () => {
    for (const spec of Object.values(INPUTS)) expect(spec.values !== undefined).toBe(spec.kind === 'choice')
  })

  it('has no flag twice', () => {
    const flags = [...Object.values(INPUTS).map((spec) => spec.flag), ...Object.keys(CLI_FLAGS)]
    expect(new Set(flags).size).toBe(flags.length)
  })
})

describe('COMMANDS', () => {
  it('has setup in the action only, what makes files or serves on the command line only, and all others in both', () => {
    const onlyAction = Object.entries(COMMANDS).filter(([, spec]) => !spec.entries.includes('cli'))
    expect(onlyAction.map(([name]) => name)).toEqual(['setup'])
    const onlyCli = Object.entries(COMMANDS).filter(([, spec]) => !spec.entries.includes('action'))
    expect(onlyCli.map(([name]) => name)).toEqual(['new', 'serve'])
  })

  it('connects for all but validate, graph, new and setup', () => {
    const offline = Object.entries(COMMANDS).filter(([, spec]) => !spec.connects)
    expect(offline.map(([name]) => name)).toEqual(['validate', 'graph', 'new', 'setup'])
  })
})

import { expect, it } from '@jest/globals'
import { COMMANDS } from '../../src/config/commands.js'
import { CLI_FLAGS, INPUTS } from '../../src/config/inputs.js'
import { renderHelp } from '../../src/config/render-help.js'

const lines = renderHelp().split('\n')
const lineOf = (word: string) => lines.filter((line) => line.trim().split(' ')[0] === word)

it('shows every command of the command line once, and none of the action alone', () => {
  for (const [verb, { entries, doc }] of Object.entries(COMMANDS)) {
    const shown = lineOf(verb)
    expect([verb, shown.length]).toEqual([verb, entries.includes('cli') ? 1 : 0])
    if (shown[0]) expect(shown[0].endsWith(doc)).toBe(true)
  }
})

it('shows every flag once, with what it means', () => {
  const flags = Object.values(INPUTS).flatMap((spec) => (spec.flag ? [[spec.flag, spec.doc] as const] : []))
  for (const [flag, doc] of [...flags, ...Object.entries(CLI_FLAGS)]) {
    expect([flag, lineOf(flag)]).toEqual([flag, [expect.stringContaining(doc)]])
  }
})

it('tells the exit codes and ends its last line', () => {
  expect(renderHelp()).toMatch(/Exit codes: 0 .*1 .*2 /)
  expect(lines.at(-1)).toBe('')
  expect(lines.at(-2)).not.toBe('')
})

import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { INPUTS } from '../../src/config/inputs.js'
import { ACTION_INPUTS } from '../../src/github/gather-inputs.js'
import { OUTPUTS } from '../../src/render/outputs.js'
import { parseTable } from './markdown.js'
import { openSchema } from './schema.js'
import { read } from './tree.js'

const action = parse(read('action.yml'))
const inputTable = parseTable(read('README.md'), 'Inputs')
const outputTable = parseTable(read('README.md'), 'Outputs')
const checkSchema = openSchema('__tests__/repository/schemas/action.schema.json')
const code = (name: string) => `\`${name}\``
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

describe('action.yml', () => {
  it('is what GitHub accepts', () => {
    expect(checkSchema(action)).toEqual([])
  })

  it.each([
    [
      'a description that the Marketplace refuses',
      { ...action, description: 'x'.repeat(125) },
      '/description',
    ],
    [
      'a Node that GitHub no longer runs',
      { ...action, runs: { ...action.runs, using: 'node20' } },
      '/runs/using',
    ],
    [
      'an input with a default',
      { ...action, inputs: { to: { ...action.inputs.to, default: '1' } } },
      'default',
    ],
    ['an output without a description', { ...action, outputs: { ready: {} } }, 'description'],
    ['a misspelt key', { ...action, output: {} }, 'output'],
  ])('would not be accepted with %s', (_name, broken, expected) => {
    expect(checkSchema(broken).join('\n')).toContain(expected)
  })

  it('has the inputs that the code reads and the README lists, in one order', () => {
    const inCode = Object.keys(INPUTS)
    expect(Object.keys(action.inputs)).toEqual(inCode)
    expect(ACTION_INPUTS).toEqual(inCode)
    expect(inputTable.map(([name]) => name)).toEqual(inCode.map(code))
  })

  it('has the outputs that the code sets and the README lists, in one order', () => {
    const inCode = Object.keys(OUTPUTS)
    expect(Object.keys(action.outputs)).toEqual(inCode)
    expect(outputTable.map(([name]) => name)).toEqual(inCode.map(code))
  })

  it.each(Object.entries(OUTPUTS))('says of the output %s what the code says', (name, doc) => {
    expect(oneLine(action.outputs[name].description)).toBe(doc)
  })

  it.each(Object.entries(INPUTS))(
    'names what the input %s takes and the variable behind it',
    (name, spec) => {
      const description = oneLine(action.inputs[name].description)
      for (const word of [...(spec.values ?? []), ...(spec.variable === undefined ? [] : [spec.variable])]) {
        expect(description).toContain(code(word))
      }
    },
  )
})

describe("the README's table of inputs", () => {
  it.each(Object.entries(INPUTS))('has the flag of %s', (name, { flag }) => {
    const row = inputTable.find(([first]) => first === code(name))
    expect(row?.[1]).toBe(flag === undefined ? 'the verb' : code(flag))
  })

  it.each(Object.entries(INPUTS).filter(([, spec]) => spec.values !== undefined))(
    'has every value of %s',
    (name, spec) => {
      const row = inputTable.find(([first]) => first === code(name))
      expect(row?.[3]?.match(/`[^`]+`/g)).toEqual(spec.values?.map(code))
    },
  )
})

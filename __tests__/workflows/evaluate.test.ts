import { describe, expect, it } from '@jest/globals'
import { evaluate, fill, fillTyped, isWanted } from './evaluate.js'

/** As an expression stands in a workflow. */
const braces = (inner: string) => `$${`{{ ${inner} }}`}`

const contexts = {
  github: { event_name: 'push', ref: 'refs/heads/main' },
  inputs: { 'dry-run': false, environment: '', window: '30s' },
  steps: { 'dry-run': { outputs: { ready: 'true' } } },
}

describe('an expression', () => {
  it.each([
    ["inputs.environment || 'production'", 'production'],
    ["inputs.window || '1s'", '30s'],
    ['!inputs.dry-run', true],
    ["github.event_name == 'workflow_dispatch' && inputs.dry-run", false],
    ["github.event_name == 'PUSH'", true],
    ["steps.dry-run.outputs.ready == 'true'", true],
    ['steps.nope.outputs.ready', undefined],
    ["steps.nope.outputs.ready == ''", true],
    ["(1 == 2 || 'it''s') != 'its'", true],
  ])('%s is %j', (text, expected) => {
    expect(evaluate(text, contexts)).toBe(expected)
  })

  it.each(['nope.x', 'toJSON(github)', "'open", '1 2', '('])('%s is not understood', (text) => {
    expect(() => evaluate(text, contexts)).toThrow()
  })

  it('fills a text, and keeps its type where it is all there is', () => {
    expect(fill(`devflow-${braces('inputs.window')}!`, contexts)).toBe('devflow-30s!')
    expect(fillTyped(braces('inputs.dry-run'), contexts)).toBe(false)
    expect(fillTyped(braces('inputs.window').repeat(2), contexts)).toBe('30s30s')
  })
})

describe('a condition', () => {
  it('is only met after success, unless it asks how things went', () => {
    expect(isWanted(undefined, contexts, 'success')).toBe(true)
    expect(isWanted('!inputs.dry-run', contexts, 'failure')).toBe(false)
    expect(isWanted('failure() || cancelled()', contexts, 'failure')).toBe(true)
    expect(isWanted('failure() || cancelled()', contexts, 'success')).toBe(false)
    expect(isWanted(braces('!cancelled() && inputs.dry-run'), contexts, 'skipped')).toBe(false)
  })
})

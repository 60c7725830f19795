import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { renderOperationQuestion } from '../../src/render/operation-question.js'
import { hostileText } from '../support/hostile-text.js'

it('shows a person what would be done, and how much more there is', () => {
  const step = { what: 'undo 02_orders.sql', state: 'planned', details: ['Its rows go with it.'] } as const
  const shown = renderOperationQuestion({ steps: Array.from({ length: 32 }, () => step) })
  expect(shown.split('\n').slice(0, 3)).toEqual([
    'This would be done:',
    '  undo 02_orders.sql',
    '    Its rows go with it.',
  ])
  expect(shown).toMatch(/ {2}and 2 more; a dry run shows them all\n$/)
})

it('keeps to a line for each, whatever a name holds', () => {
  fc.assert(
    fc.property(hostileText(), hostileText(), (what, detail) => {
      const shown = renderOperationQuestion({ steps: [{ what, state: 'planned', details: [detail] }] })
      expect(shown.split('\n')).toHaveLength(4)
      expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
    }),
  )
})

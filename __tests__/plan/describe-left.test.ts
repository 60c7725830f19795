import { describe, expect, it } from '@jest/globals'
import { describeLeft } from '../../src/plan/describe-left.js'
import { anAppliedRecord } from '../support/builders.js'

describe('what a row says that is neither applied nor rolled back', () => {
  it.each(['failed', 'partial', 'unknown'] as const)('ends its reason with one full stop: %s', (status) => {
    const tells = (errorMessage: string | null) =>
      describeLeft([anAppliedRecord({ status, errorMessage, statementsDone: 1 })])[0]
    expect(tells('The catalog does not show it.')).toContain(': The catalog does not show it.')
    expect(tells('The catalog does not show it.')).not.toContain('..')
    expect(tells('The catalog does not show it.')).toBe(tells('The catalog does not show it'))
    expect(tells(null)).toContain(': no reason is recorded.')
  })
})

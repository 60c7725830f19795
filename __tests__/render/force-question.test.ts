import { describe, expect, it } from '@jest/globals'
import { renderForceQuestion } from '../../src/render/force-question.js'
import { aFinding } from '../support/builders.js'

describe('the question whether to force', () => {
  it('shows rule, place and message of each, in a line', () => {
    const findings = [
      aFinding({ rule: 'drop-column', message: 'It drops\nthe column \u001b[31mx.' }),
      aFinding({
        rule: 'truncate',
        file: 'm/03.sql',
        position: { line: 9, column: 1, endLine: 9, endColumn: 2 },
        message: 'b',
      }),
    ]
    const lines = renderForceQuestion(findings).split('\n')
    expect(lines).toHaveLength(4)
    expect(lines[1]).toMatch(/^ {2}drop-column {2}migrations\/02_orders\.sql:4 {2}It drops.the column/)
    expect(lines[1]).not.toContain('\u001b')
    expect(lines[2]).toBe('  truncate  m/03.sql:9  b')
  })

  it('counts what it does not show', () => {
    const text = renderForceQuestion(Array.from({ length: 40 }, () => aFinding()))
    expect(text.split('\n')).toHaveLength(33)
    expect(text).toContain('and 10 more; validate shows them all')
  })
})

import { describe, expect, it } from '@jest/globals'
import type { RunnableMigration } from '../../src/model/plan.js'
import { markForced } from '../../src/plan/mark-forced.js'
import { aFinding, aMigration } from '../support/builders.js'

const aRunnable = (name: string): RunnableMigration => ({
  file: aMigration({ name }),
  text: '',
  mode: 'transaction',
})

describe('markForced', () => {
  it('gives each migration the rules that were forced for it, each once', () => {
    const findings = [
      aFinding({ file: 'migrations/01_a.sql', rule: 'truncate', force: 'used' }),
      aFinding({ file: 'migrations/01_a.sql', rule: 'drop-column', force: 'used' }),
      aFinding({ file: 'migrations/01_a.sql', rule: 'truncate', force: 'used' }),
      aFinding({ file: 'migrations/02_b.sql', rule: 'truncate', force: 'needed' }),
      aFinding({ file: 'migrations/02_b.sql', rule: 'drop-table' }),
    ]
    const [first, second] = markForced([aRunnable('01_a.sql'), aRunnable('02_b.sql')], findings)
    expect(first?.forced).toEqual(['drop-column', 'truncate'])
    expect(second).not.toHaveProperty('forced')
  })
})

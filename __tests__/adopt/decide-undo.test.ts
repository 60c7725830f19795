import { describe, expect, it } from '@jest/globals'
import { decideUndo } from '../../src/adopt/decide-undo.js'
import { aHistoryEvent, anAppliedRecord } from '../support/builders.js'

const record = anAppliedRecord({ version: '1', name: '1_a.sql', status: 'completed', checksum: 'sha256:a' })
const adopted = aHistoryEvent({
  version: '1',
  name: '1_a.sql',
  event: 'adopted',
  action: 'adopt',
  checksum: 'sha256:a',
})

describe('what stands on an adoption', () => {
  it('is no run that began what it was approved for, and had nothing to apply', () => {
    const begun = aHistoryEvent({
      version: '',
      name: null,
      event: 'started',
      action: 'apply',
      checksum: null,
    })
    expect(decideUndo([begun, adopted], [record])).toEqual({ adopted: [record], since: [] })
  })

  it('is a migration that was begun since', () => {
    const started = aHistoryEvent({ version: '2', name: '2_b.sql', event: 'started', action: 'apply' })
    expect(decideUndo([started, adopted], [record]).since).toEqual(['2_b.sql was begun'])
  })
})

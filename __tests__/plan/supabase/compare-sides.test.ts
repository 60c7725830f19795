import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { AppliedRecord, RecordStatus } from '../../../src/model/history.js'
import type { SupabaseRow } from '../../../src/model/supabase.js'
import { versionKey } from '../../../src/model/version.js'
import { compareSides } from '../../../src/plan/supabase/compare-sides.js'
import { aMigration, anAppliedRecord } from '../../support/builders.js'

const aFile = (version: string, text = 'SELECT 1;\n') => {
  const name = `${version}_a.sql`
  return aMigration({
    version,
    name,
    path: `supabase/migrations/${name}`,
    text,
    up: { start: 0, end: text.length },
  })
}
const aRow = (version: string, statements: SupabaseRow['statements'] = ['SELECT 1']): SupabaseRow => ({
  version,
  name: 'a',
  statements,
})
const aRecord = (
  version: string,
  status: RecordStatus = 'completed',
  journal: string | null = null,
): AppliedRecord =>
  anAppliedRecord({ version, name: `${version}_a.sql`, status, journal, checksum: aFile(version).checksum })

describe('compareSides', () => {
  it('takes a version for one whatever zeros it begins with', () => {
    const { records, step } = compareSides({
      rows: [aRow('01')],
      records: [aRecord('1')],
      files: [aFile('01')],
      leads: false,
    })
    expect(records).toHaveLength(1)
    expect(step).toMatchObject({
      changes: [],
      fill: [],
      missing: [],
      sides: [{ ours: 'completed', supabase: true }],
    })
  })

  it('does not take for applied what a rollback of ours left half undone', () => {
    const record = aRecord('1', 'partial', '{"down":{"done":1}}')
    const { records, step } = compareSides({
      rows: [aRow('1')],
      records: [record],
      files: [aFile('1')],
      leads: false,
    })
    expect({ records, changes: step.changes }).toEqual({ records: [record], changes: [] })
  })

  it('compares what the CLI kept with the file, where it kept anything', () => {
    const files = ['1', '2', '3'].map((version) => aFile(version))
    const rows = [aRow('1'), aRow('2', ['SELECT 2']), aRow('3', null)]
    const { records } = compareSides({ rows, records: [], files, leads: false })
    expect(records.map(({ checksum }, index) => checksum === files[index]?.checksum)).toEqual([
      true,
      false,
      true,
    ])
    expect(records[1]?.checksum).toMatch(/^supabase:sha256:[0-9a-f]{64}$/)
  })

  it('keeps no statements of a file that is too large for a table', () => {
    const large = aFile('1', `SELECT '${'x'.repeat(3_000_000)}';\n`)
    const { step } = compareSides({ rows: undefined, records: [], files: [large], leads: false })
    expect(step.rowOf('1')).toEqual({ version: '1', name: 'a', statements: null })
  })

  it('leaves nothing to be run twice, whatever the two hold', () => {
    const versions = fc.uniqueArray(fc.integer({ min: 1, max: 8 }).map(String))
    const status = fc.constantFrom<RecordStatus>('completed', 'failed', 'running', 'partial', 'rolled_back')
    const records = fc.uniqueArray(
      fc.record({ version: fc.integer({ min: 1, max: 8 }).map(String), status }),
      {
        selector: ({ version }) => version,
      },
    )
    fc.assert(
      fc.property(
        fc.option(versions, { nil: undefined }),
        records,
        versions,
        fc.boolean(),
        (theirs, ours, names, leads) => {
          const asked = {
            rows: theirs?.map((version) => aRow(version)),
            records: ours.map(({ version, status: so }) => aRecord(version, so)),
            files: names.map((version) => aFile(version)),
            leads,
          }
          const { records: merged, step } = compareSides(asked)
          const keys = merged.map(({ version }) => versionKey(version))
          expect(new Set(keys).size).toBe(keys.length)
          const completed = new Set(
            merged.filter((one) => one.status === 'completed').map(({ version }) => version),
          )
          for (const version of theirs ?? []) expect(completed).toContain(version)
          const mayGo = leads && (theirs ?? []).length > 0
          for (const { version, status: so } of ours)
            if (so === 'completed' && !mayGo) expect(completed).toContain(version)
          if (theirs !== undefined) expect(step.fill).toEqual([])
          expect(step.sides.map(({ version }) => version).sort()).toEqual(
            [...new Set([...(theirs ?? []), ...ours.map(({ version }) => version), ...names])].sort(),
          )
        },
      ),
    )
  })
})

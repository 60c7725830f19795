import { expect, it } from '@jest/globals'
import { markEdited } from '../../../src/plan/supabase/mark-edited.js'
import { aMigration, anAppliedRecord } from '../../support/builders.js'

const file = aMigration({ version: '20260101000000', text: 'select 1;\n' })
const record = anAppliedRecord({ version: '20260101000000', checksum: file.checksum, status: 'completed' })
const row = (statements: readonly string[] | null) => ({ version: '20260101000000', name: 'a', statements })

it('a record is that of another text where the statements that ran are not the file’s', () => {
  const [marked] = markEdited([record], [row(['select 2'])], [file])
  expect(marked?.checksum).toMatch(/^supabase:/)
})

it.each([
  ['the statements are the file’s', [row(['select 1'])], [file]],
  ['no statements were kept', [row(null)], [file]],
  ['there is no row', [], [file]],
  ['there is no file', [row(['select 2'])], []],
])('a record stays as it is where %s', (_, rows, files) => {
  expect(markEdited([record], rows, files)).toEqual([record])
})

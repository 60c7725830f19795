import { describe, expect, it } from '@jest/globals'
import type { OtherHistory } from '../../src/model/other-history.js'
import { findOtherHistories } from '../../src/plan/find-other-histories.js'
import { aMigration } from '../support/builders.js'

const here = { schema: 'devflow', table: 'schema_migrations' }
const files = [
  aMigration({ version: '01', name: '01_users.sql' }),
  aMigration({ version: '02', name: '02_orders.sql' }),
]

const of = (other: Partial<OtherHistory>, project?: string) =>
  findOtherHistories([{ schema: 'public', table: 'schema_migrations', ...other }], files, here, project)

const users = ['1', 'users', 'of another tool'] as const

describe('a history at another place', () => {
  it.each([
    ['the same name', ['01', '01_users.sql', 'x']],
    ['the name without version and ending', users],
    ['a path', ['01', 'db/migrations/01_Users.sql', 'x']],
    ['another name and the same text', ['01', 'renamed', files[0]?.checksum ?? '']],
  ] as const)('has a file by its version and %s', (_, row) => {
    expect(of({ completed: [row] }).refusals).toMatchObject([
      { message: expect.stringContaining('records these files as applied: 01_users.sql. They') },
    ])
  })

  it.each([
    ['another version', ['03', '01_users.sql', files[0]?.checksum ?? '']],
    ['another name and another text', ['01', 'customers', 'x']],
  ] as const)('has none of them by %s', (_, row) => {
    expect(of({ completed: [row] })).toMatchObject({
      refusals: [],
      notes: [expect.stringMatching(/None of these files/)],
    })
  })

  it('stops nothing where it is empty, or of a project of another name', () => {
    expect(of({ completed: null })).toEqual({ refusals: [], notes: [] })
    expect(of({ completed: [users], project: 'shop' }, 'billing')).toEqual({ refusals: [], notes: [] })
  })

  it('stops the run where either has no project, or both have the same', () => {
    for (const [theirs, ours] of [
      [null, 'shop'],
      ['shop', undefined],
      ['shop', 'shop'],
      [null, undefined],
    ] as const)
      expect(of({ completed: [users], project: theirs }, ours).refusals).toHaveLength(1)
  })
})

import { describe, expect, it } from '@jest/globals'
import { dumpArguments } from '../../src/backup/dump-arguments.js'

describe('what pg_dump is told', () => {
  it('holds no secret, and names of tables as they are', () => {
    const withoutRows = [{ schema: 'a.b', table: 'odd "* name' }]
    const told = dumpArguments({ kind: 'folder', jobs: 4, snapshot: '00-1', file: '/x', withoutRows })
    expect(told).toEqual(
      expect.arrayContaining([
        '--format=directory',
        '--jobs=4',
        '--snapshot=00-1',
        '--file=/x',
        '--no-password',
      ]),
    )
    expect(told).toContain('--exclude-table-data="a.b"."odd ""* name"')
  })
})

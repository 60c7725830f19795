import { describe, expect, it } from '@jest/globals'
import { findNoStatement } from '../../src/migrations/find-no-statement.js'
import { aMigration } from '../support/builders.js'

const found = (text: string, upTo = text.length) =>
  findNoStatement(aMigration({ text, up: { start: 0, end: upTo } })).map(({ message }) => message)

describe('a file without a statement', () => {
  it.each(['', ' \n', ';;', '-- select 1;', '/* select 1; /* nested */ */ -- x\n;'])(
    'is told: %j',
    (text) => {
      expect(found(text)).toEqual([
        '01_users.sql holds no statement: it is recorded as applied and does nothing.',
      ])
    },
  )

  it('is one that holds a down part only', () => {
    const text = '-- migrate:down\ndrop table a;'
    expect(found(text, 0)).toEqual([
      '01_users.sql holds no statement before its down part: it is recorded as applied and does nothing.',
    ])
  })

  it.each(['select 1', '  (select 1)', '-- x\nselect 1', '/* x */ "a', '\\echo', '1'])(
    'is none of %j',
    (text) => {
      expect(found(text)).toEqual([])
    },
  )
})

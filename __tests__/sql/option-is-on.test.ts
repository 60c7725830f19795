import { describe, expect, it } from '@jest/globals'
import { openParser } from '../../src/sql/open-parser.js'
import { optionIsOn } from '../../src/sql/option-is-on.js'
import { treeAs } from '../../src/sql/tree.js'

describe('a yes-or-no option', () => {
  it.each([
    ['vacuum full t', true],
    ['vacuum (full) t', true],
    ['vacuum (FULL TRUE) t', true],
    ['vacuum (full on) t', true],
    ["vacuum (full 'ON') t", true],
    ['vacuum (full 1) t', true],
    ['vacuum (full off, full) t', true],
    ['vacuum t', false],
    ['vacuum (full false) t', false],
    ["vacuum (full 'false') t", false],
    ["vacuum (full U&'false') t", false],
    ['vacuum (full 0) t', false],
    ['vacuum (full, full off) t', false],
    ['vacuum (analyze) t', false],
  ])('in %s is on: %s', async (sql, expected) => {
    const read = (await openParser()).parse(sql)
    const statement = read.kind === 'statements' ? read.statements[0] : undefined
    const { options } = (statement && treeAs(statement, 'VacuumStmt')) ?? {}
    expect(optionIsOn(options, 'full')).toBe(expected)
  })
})

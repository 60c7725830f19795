import { describe, expect, it } from '@jest/globals'
import type { Seen } from '../../src/rules/rule.js'
import { transactionsOf } from '../../src/rules/transactions-of.js'
import { aMigration } from '../support/builders.js'

describe('the transactions of a file', () => {
  it.each([
    [true, 'S S S', 'file1 file1 file1'],
    [true, 'BEGIN S COMMIT', 'file1 file1 file1'],
    [true, 'S COMMIT S S', 'file1 file1 statement2 statement3'],
    [false, 'S S', 'statement1 statement2'],
    [false, 'S BEGIN S COMMIT S', 'statement1 own-block2 own-block2 own-block2 statement3'],
    [false, 'BEGIN S ROLLBACK BEGIN S', 'own-block1 own-block1 own-block1 own-block2 own-block2'],
    [false, 'BEGIN CHAIN S COMMIT', 'own-block1 own-block1 own-block2 own-block2'],
    [false, 'BEGIN SAVEPOINT S COMMIT', 'own-block1 own-block1 own-block1 own-block1'],
    [false, 'DO in in S', 'statement1 statement1 statement1 statement2'],
  ])('are, with %s for one transaction and %s, %s', (transactional, shape, expected) => {
    const statements = shape.split(' ').map(aStatement)
    const found = transactionsOf({ file: aMigration({}), statements, transactional })
    const numbers = new Map<unknown, number>()
    for (const each of found) if (!numbers.has(each)) numbers.set(each, numbers.size + 1)
    expect(found.map((each) => `${each.of}${numbers.get(each)}`).join(' ')).toBe(expected)
  })
})

const KINDS: Readonly<Record<string, object>> = {
  BEGIN: { kind: 'TRANS_STMT_BEGIN' },
  COMMIT: { kind: 'TRANS_STMT_COMMIT' },
  ROLLBACK: { kind: 'TRANS_STMT_ROLLBACK' },
  CHAIN: { kind: 'TRANS_STMT_COMMIT', chain: true },
  SAVEPOINT: { kind: 'TRANS_STMT_SAVEPOINT' },
}

function aStatement(word: string): Seen {
  const tree = KINDS[word]
  return {
    node: tree ? 'TransactionStmt' : 'SelectStmt',
    tree: tree ?? {},
    span: { start: 0, end: 0 },
    within: word === 'in' ? 'do' : 'file',
    offsetOf: () => 0,
  }
}

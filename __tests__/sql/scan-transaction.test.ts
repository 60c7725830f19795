import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { openParser } from '../../src/sql/open-parser.js'
import { scanTransaction } from '../../src/sql/scan-transaction.js'
import { transactionShape } from '../../src/sql/transaction-shape.js'

const atomic = 'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END'

describe('transaction control in text that is only scanned', () => {
  it.each([
    ['SELECT 1; COMMIT; SELECT 2', 'own-control', 'COMMIT'],
    ['ROLLBACK; BEGIN; SELECT 1; COMMIT', 'own-control', 'ROLLBACK'],
    ['BEGIN; SELECT 1; COMMIT; SELECT 2', 'own-control', 'COMMIT'],
    ['BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT 1; COMMIT', 'own-control', 'COMMIT'],
    ["SELECT 1; /* ; */ PREPARE TRANSACTION 'x'", 'own-control', 'PREPARE TRANSACTION …'],
    ['SELECT 1; END', 'own-control', 'END'],
    [`${atomic}; ABORT`, 'own-control', 'ABORT'],
  ])('is seen in %s', (text, kind, statement) => {
    expect(scanTransaction(text)).toMatchObject({ kind, statement })
  })

  it.each([
    'SELECT 1',
    atomic,
    `${atomic};`,
    'SAVEPOINT a; ROLLBACK TO a; ROLLBACK TO SAVEPOINT a; RELEASE a',
    "SELECT ';COMMIT;'; SELECT $$ ; COMMIT; $$ -- ; COMMIT;",
    'PREPARE p AS SELECT 1',
    '',
  ])('is not seen in %s', (text) => {
    expect(scanTransaction(text)).toEqual({ kind: 'none' })
  })

  it('takes one BEGIN at the start and one COMMIT at the end for a pair', () => {
    const text = '-- head\nBEGIN;\nSELECT 1;\nCOMMIT;\n-- tail'
    expect(scanTransaction(text)).toEqual({
      kind: 'outer-pair',
      begin: { start: text.indexOf('BEGIN'), end: text.indexOf('BEGIN') + 6 },
      commit: { start: text.indexOf('COMMIT'), end: text.indexOf('COMMIT') + 7 },
    })
  })

  it('comes to what the parser says wherever the parser can read', async () => {
    const parser = await openParser()
    const statement = fc.constantFrom(
      ...[
        'BEGIN',
        'COMMIT',
        'END',
        'ROLLBACK',
        'ABORT',
        'START TRANSACTION',
        'SELECT 1',
        atomic,
        'SAVEPOINT a',
      ],
      ...[
        'ROLLBACK TO a',
        "SELECT ';'",
        'SELECT $a$;COMMIT;$a$',
        'BEGIN WORK',
        '/* ; */ SELECT 2',
        'COMMIT AND CHAIN',
      ],
    )
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 6 }), (statements) => {
        const text = statements.join(';\n')
        const parsed = parser.parse(text)
        if (parsed.kind !== 'statements') throw new Error(`unreadable: ${text}`)
        expect(scanTransaction(text).kind).toBe(transactionShape(parsed.statements, text).kind)
      }),
      { numRuns: 2000 },
    )
  })
})

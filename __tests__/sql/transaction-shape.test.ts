import { describe, expect, it } from '@jest/globals'
import { openParser } from '../../src/sql/open-parser.js'
import { transactionShape } from '../../src/sql/transaction-shape.js'

const parser = await openParser()

/** The shape, with what its spans hold. */
function shapeOf(text: string) {
  const parsed = parser.parse(text)
  if (parsed.kind !== 'statements') throw new Error(`${parsed.kind}: ${text}`)
  const shape = transactionShape(parsed.statements, text)
  const cut = ({ start, end }: { start: number; end: number }) => text.slice(start, end)
  if (shape.kind === 'none') return 'none'
  if (shape.kind === 'outer-pair') return [cut(shape.begin), cut(shape.commit)]
  return `${shape.statement} at ${shape.span.start}: ${cut(shape.span)}`
}

describe('the shape of a file', () => {
  it.each([
    'select 1',
    '',
    'savepoint a; select 1; rollback to savepoint a; release a',
    'set transaction isolation level serializable; select 1',
    'set constraints all immediate',
    'create procedure p() language plpgsql as $$ begin commit; end $$',
    'create function f() returns int language sql begin atomic select 1; end',
    '-- begin;\nselect 1;\n-- commit;',
  ])('is none for %j', (text) => {
    expect(shapeOf(text)).toBe('none')
  })

  it.each([
    ['begin; select 1; commit;', 'begin;', 'commit;'],
    ['begin;commit', 'begin;', 'commit'],
    ['-- a\nBEGIN WORK /* ; */ ;\nselect 1;\nEND -- b\n;\n-- c', 'BEGIN WORK /* ; */ ;', 'END -- b\n;'],
    [
      'start transaction; savepoint a; select 1; rollback to a; commit transaction;',
      'start transaction;',
      'commit transaction;',
    ],
    [
      'begin isolation level read committed, read write, not deferrable; commit and no chain;',
      'begin isolation level read committed, read write, not deferrable;',
      'commit and no chain;',
    ],
    ['begin; set transaction isolation level serializable; commit;', 'begin;', 'commit;'],
  ])('is an outer pair for %j, with semicolons', (text, begin, commit) => {
    expect(shapeOf(text)).toEqual([begin, commit])
  })

  it.each([
    ['select 1; commit; select 2', 'COMMIT at 10: commit'],
    ['begin; select 1;', 'BEGIN at 0: begin'],
    ['begin; a(); commit; select 1'.replace('a()', 'select 2'), 'COMMIT at 17: commit'],
    ['select 1; begin; commit', 'BEGIN at 10: begin'],
    ['begin; commit; begin; commit;', 'COMMIT at 7: commit'],
    ['begin; select 1; rollback;', 'ROLLBACK at 17: rollback'],
    ['begin; abort;', 'ROLLBACK at 7: abort'],
    ['begin; commit and chain;', 'COMMIT AND CHAIN at 7: commit and chain'],
    ['begin; rollback and chain; commit;', 'ROLLBACK AND CHAIN at 7: rollback and chain'],
    ["begin; prepare transaction 'x';", "PREPARE TRANSACTION at 7: prepare transaction 'x'"],
    ["commit prepared 'x'", "COMMIT PREPARED at 0: commit prepared 'x'"],
    ["rollback prepared 'x'", "ROLLBACK PREPARED at 0: rollback prepared 'x'"],
    ['commit; select 1; begin;', 'COMMIT at 0: commit'],
    ['rollback', 'ROLLBACK at 0: rollback'],
    ['begin; begin; commit; commit', 'BEGIN at 7: begin'],
  ])('is control of its own for %j', (text, expected) => {
    expect(shapeOf(text)).toBe(expected)
  })

  it.each([
    ['begin isolation level serializable; commit', 'COMMIT'],
    ['begin read only; commit', 'COMMIT'],
    ['start transaction isolation level repeatable read, deferrable; commit', 'COMMIT'],
  ])('does not lose the options of %j', (text) => {
    expect(shapeOf(text)).toMatch(/^(BEGIN|START TRANSACTION) (ISOLATION LEVEL|READ ONLY)/)
  })
})

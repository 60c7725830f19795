import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { RunnableMigration } from '../../src/model/plan.js'
import type { Reply } from '../../src/model/session.js'
import { locateFailure, type MessageLayout } from '../../src/sql/locate-failure.js'
import { positionAt } from '../../src/sql/position.js'
import { aMigration } from '../support/builders.js'

const text = '-- 🐘\nselect 1;\nselect 2;\n'

function aRunnable(text: string, spans: readonly (readonly [number, number])[] = []): RunnableMigration {
  const statements = spans.map(([start, end]) => ({ span: { start, end } }))
  return { file: aMigration({ text }), text, statements, mode: 'transaction' }
}

function aReply(completed: number, characterPosition?: number): Reply {
  const error = { code: '42703', message: 'no', fatal: false }
  return {
    results: [],
    completed,
    state: 'E',
    error: characterPosition === undefined ? error : { ...error, characterPosition },
  }
}

function aLayout(text: string, overrides: Partial<MessageLayout> = {}): MessageLayout {
  const before = 'BEGIN;\n'
  return {
    sent: `${before}${text}\n;COMMIT;`,
    bodyStart: before.length,
    fileStart: 0,
    length: text.length,
    statementsBefore: 1,
    firstStatement: 0,
    statementCount: 2,
    ...overrides,
  }
}

const migration = aRunnable(text, [
  [6, 14],
  [16, 24],
])

describe('the place of a failure', () => {
  it.each(['23503', 'P0001'])(
    'is none for %s after the last statement, and a hint says what raises there',
    (code) => {
      const reply = { ...aReply(3), error: { code, message: 'no', fatal: false } }
      const failure = locateFailure(reply, migration, aLayout(text))
      expect(failure).not.toHaveProperty('position')
      expect(failure.hint).toMatch(/deferred constraint or trigger/)
      expect(locateFailure({ ...reply, completed: 2 }, migration, aLayout(text))).not.toHaveProperty('hint')
      expect(locateFailure(aReply(3), migration, aLayout(text))).not.toHaveProperty('hint')
    },
  )

  it('is that of a character which the encoding of the database does not have', () => {
    const file = "select 'é';\nselect '漢';\n"
    const message =
      'Zeichen mit Byte-Folge 0xe6 0xbc 0xa2 in Kodierung »UTF8« hat keine Entsprechung in »LATIN1«'
    const reply = { ...aReply(0), error: { code: '22P05', message, fatal: false } }
    const { position } = locateFailure(reply, aRunnable(file), aLayout(file, { statementsBefore: 0 }))
    expect(position).toMatchObject({ line: 2, column: 9 })
    const rows = `${file}copy t from stdin;\nx\n\\.\n`
    expect(locateFailure(reply, aRunnable(rows), aLayout(rows, { statementCount: 0 }))).not.toHaveProperty(
      'position',
    )
    const elsewhere = locateFailure(
      reply,
      aRunnable('select 1;'),
      aLayout('select 1;', { statementCount: 0 }),
    )
    expect(elsewhere).not.toHaveProperty('position')
  })

  it('is the statement that the parser could not read, where the server says nothing', () => {
    const { statementCount: _, ...layout } = aLayout(text, {
      firstStatement: 3,
      statementAt: (index) => (index === 3 ? { span: { start: 16, end: 24 } } : undefined),
    })
    const { statements: __, ...unread } = migration
    expect(locateFailure(aReply(1), unread, layout)).toMatchObject({
      position: { line: 3, column: 1 },
      statement: 4,
    })
  })

  it('is where the server says, counted in characters of the whole message', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.nat(), (text, seed) => {
        const characters = Array.from(text)
        const index = seed % characters.length
        const offset = characters.slice(0, index).join('').length
        const { position } = locateFailure(
          aReply(1, 'BEGIN;\n'.length + index + 1),
          aRunnable(text),
          aLayout(text, { statementCount: 0 }),
        )
        expect(position).toMatchObject({
          line: positionAt(text, offset).line,
          column: positionAt(text, offset).column,
        })
      }),
    )
  })

  it('is the statement that was not done, where the server says nothing', () => {
    expect(locateFailure(aReply(2), migration, aLayout(text))).toEqual({
      code: '42703',
      message: 'no',
      statement: 2,
      position: { line: 3, column: 1, endLine: 3, endColumn: 8 },
      excerpt: 'select 2;\n^',
    })
  })

  it('is that of the file, where a piece of it was sent', () => {
    const layout = aLayout('select 2', { fileStart: 16, firstStatement: 1, statementCount: 1 })
    expect(locateFailure(aReply(1, 7 + 8), migration, layout)).toMatchObject({
      statement: 2,
      position: { line: 3, column: 8 },
    })
  })

  it.each([
    ['before the file', aReply(0, 1)],
    ['after the file', aReply(3, 7 + text.length + 3)],
    ['of a message that was refused whole', aReply(0)],
    ['of COMMIT', aReply(3)],
  ])('is none for an error %s', (_, reply) => {
    const failure = locateFailure(reply, migration, aLayout(text))
    expect(failure).toEqual({ code: '42703', message: 'no' })
  })

  it.each([
    ['before the file', aReply(0), /tracking tables.*need not change/],
    ['behind it', aReply(3), /statements were done.*tracking tables/],
    ['in it', aReply(2), undefined],
  ])('is none for a wait for a lock %s, and a hint says who waited', (_, reply, hint) => {
    const error = { code: '55P03', message: 'canceling statement due to lock timeout', fatal: false }
    const said = locateFailure({ ...reply, error }, migration, aLayout(text)).hint
    if (hint) expect(said).toMatch(hint)
    else expect(said).toBeUndefined()
  })

  it('needs no statements', () => {
    const { statements: _, ...unread } = migration
    const { statementCount: __, ...layout } = aLayout(text)
    expect(locateFailure(aReply(1), unread, layout)).toEqual({ code: '42703', message: 'no' })
    expect(locateFailure(aReply(1, 7 + 6), unread, layout).position).toMatchObject({ line: 2, column: 1 })
  })
})

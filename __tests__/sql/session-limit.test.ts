import { describe, expect, it } from '@jest/globals'
import { explainStatementLimit } from '../../src/sql/session-limit.js'

const english = 'canceling statement due to statement timeout'
const german = 'storniere Anfrage wegen Zeitüberschreitung der Anfrage'

function explain(
  message: string,
  statementMs: number,
  { spentMs = 2_000, text = 'select 1', code = '57014', context = [] as string[], ofFile = -1 } = {},
): string | undefined {
  const file = ofFile < 0 ? {} : { statementMs: ofFile }
  return explainStatementLimit({ code, message, context }, { run: { statementMs }, file, spentMs }, text)
}

describe('a statement that took too long', () => {
  it.each([
    [
      'the limit of the run',
      english,
      1_000,
      {},
      /^statement_timeout is 1s for this run \(statement-timeout\)/,
    ],
    ['that of the file', english, 5_000, { ofFile: 1_500 }, /is 1500ms by the file's directive devflow:/],
    ['that one, heard of late', english, 5_000, { spentMs: 40 }, /is 5s for this run/],
    ['what it was set to by itself', english, 0, {}, /is set by the file itself/],
    ['that too', english, 1_000, { text: "SET LOCAL statement_timeout = '2s'" }, /is set by the file itself/],
    ['a limit in any language', german, 1_000, {}, /is 1s for this run/],
  ])('is told with %s', (_, message, ms, how, hint) => {
    expect(explain(message, ms, how)).toMatch(hint)
  })

  it.each([
    ['ended by hand', 'canceling statement due to user request', 1_000, {}],
    ['told in words that may say anything, after less time', german, 5_000, {}],
    ['told so, with no limit', german, 0, {}],
    ['raised by the file', english, 1_000, { context: ['PL/pgSQL function f() line 1 at RAISE'] }],
    ['another error', english, 1_000, { code: '55P03' }],
  ])('is not one that was %s', (_, message, ms, how) => {
    expect(explain(message, ms, how)).toBeUndefined()
  })
})

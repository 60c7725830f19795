import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { RULE_IDS } from '../../src/model/rule-ids.js'
import { parseSuppressions } from '../../src/rules/parse-suppressions.js'

const part = fc.constantFrom(
  '-- devflow-ignore drop-table: why\n',
  '--devflow-ignore-file truncate:because',
  '-- devflow-ignore nonsense: x\n',
  '-- devflow-ignore drop-table\n',
  '/*',
  '*/',
  "'",
  '$a$',
  '"',
  '\n',
  '\r\n',
  ';',
  'drop table a',
  '--',
  '\\.',
  'copy t from stdin;\n',
  ' ',
  '\u202e',
  '😀',
)

const aText = fc.array(part, { maxLength: 30 }).map((parts) => parts.join(''))

it('never throws, whatever the text, and silences only real rules, with a reason, inside the text', () => {
  fc.assert(
    fc.property(aText, fc.array(fc.nat(200), { maxLength: 12 }), (text, cuts) => {
      const ends = [...new Set(cuts)].sort((a, b) => a - b)
      const statements = ends.slice(1).map((end, index) => ({ start: ends[index] ?? 0, end }))
      const { suppressions, bad } = parseSuppressions(text, statements)
      for (const { rule, reason, span, covers } of suppressions) {
        expect(RULE_IDS).toContain(rule)
        expect(reason).toMatch(/\S/)
        expect(text.slice(span.start, span.end)).toMatch(/^devflow-ignore/)
        expect(covers.end).toBeGreaterThanOrEqual(covers.start)
      }
      for (const { span } of bad) expect(text.slice(span.start, span.end)).toMatch(/^devflow-ignore/)
    }),
  )
})

it('what is quoted or in a block comment silences nothing', () => {
  const quoted = fc.constantFrom(["'", "'"], ['$q$', '$q$'], ['/*', '*/'], ['"', '"'])
  fc.assert(
    fc.property(
      quoted,
      fc.string({ unit: fc.constantFrom('a', ' ', '\n', ';') }),
      ([open, close], around) => {
        const text = `select 1 ${open}${around}\n-- devflow-ignore drop-table: why\n${close}`
        expect(parseSuppressions(text, [])).toEqual({ suppressions: [], bad: [] })
      },
    ),
  )
})

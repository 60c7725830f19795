import { describe, expect, it } from '@jest/globals'
import { RULES } from '../../src/rules/all-rules.js'
import { openAskRules, type RuleHit } from '../../src/rules/ask-rules.js'
import { collectStatements } from '../../src/rules/collect-statements.js'
import { learn } from '../../src/rules/known/learn.js'
import { makeState } from '../../src/rules/known/state.js'
import type { Context, Rule, Seen } from '../../src/rules/rule.js'
import { openParser } from '../../src/sql/open-parser.js'
import { readBodies } from '../../src/sql/read-bodies.js'
import { aMigration } from '../support/builders.js'
import { aJudging } from './lint.js'

const parser = await openParser()
const judging = aJudging()

/** Each statement of a text with what is known before it. */
function contextsOf(text: string): { statement: Seen; context: Context }[] {
  const { statements, see } = collectStatements((statement) => readBodies(parser, text, statement))
  const parsed = parser.parse(text)
  if (parsed.kind !== 'statements') return []
  for (const statement of parsed.statements) see(statement, parsed.offsetOf)
  const migration = aMigration({ text })
  const file = { file: migration, statements, transactional: true }
  return statements.map((statement, index) => {
    const known = makeState()
    for (const each of statements.slice(0, index))
      if (each.within !== 'function') learn(known, each, { file: migration, span: each.span, isNew: true })
    return { statement, context: { known, judging, postgres: 18, file, index } }
  })
}

const texts = Object.values(RULES).flatMap(({ examples: { bad, good } }) =>
  [...bad, ...good].flatMap((example) => (typeof example === 'string' ? example : example.sql)),
)
const asked = texts.flatMap(contextsOf)

const rules = Object.values<Rule>(RULES)

const told = (hits: readonly RuleHit[]) => JSON.stringify(hits.map(({ rule, hit }) => [rule.id, hit]))

describe('asking rules about statements', () => {
  it('gives what each rule gives alone, for every example of every rule, in either order', () => {
    for (const order of [asked, asked.toReversed()]) {
      const ask = openAskRules()
      const different = order
        .filter(({ statement, context }) => {
          const found = ask(rules, statement, context)
          const alone = rules.flatMap((rule) =>
            [...(rule.check?.(statement, context) ?? [])].map((hit) => ({ rule, hit })),
          )
          return told(found) !== told(alone)
        })
        .map(({ context }) => context.file.file.text)
      expect(different).toEqual([])
    }
  })

  it('asks a rule that is about another kind of statement no more than once', () => {
    let times = 0
    const counted: Rule = {
      ...RULES['drop-table'],
      check: (...given) => {
        times++
        return RULES['drop-table'].check?.(...given) ?? []
      },
    }
    const ask = openAskRules()
    const list = [counted]
    const count = (text: string) => {
      times = 0
      for (const { statement, context } of contextsOf(text)) ask(list, statement, context)
      return times
    }
    expect(count('select 1; select 2; select 3;')).toBe(1)
    expect(count('select 4;')).toBe(0)
    expect(count('drop table a; drop table b;')).toBe(3)
  })
})

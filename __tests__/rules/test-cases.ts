import { readdirSync } from 'node:fs'
import { expect, it } from '@jest/globals'
import { RULES } from '../../src/rules/all-rules.js'
import type { RuleGroup } from '../../src/rules/rule.js'

/**
 * Runs the cases of every rule of a group, `<group>/<rule>.cases.ts`, in one process: each test file of its own would load
 * the parser anew. One rule alone: `npm run jest -- __tests__/rules -t 'rule drop-table'`.
 */
export async function testCases(group: RuleGroup): Promise<void> {
  const folder = new URL(`${group}/`, import.meta.url)
  const names = readdirSync(folder).filter((name) => name.endsWith('.cases.ts'))
  it(`has cases of every rule of the group ${group}`, () => {
    const rules = Object.values(RULES).filter((rule) => rule.group === group)
    expect(names.map((name) => name.slice(0, -'.cases.ts'.length)).toSorted()).toEqual(
      rules.map(({ id }) => id).toSorted(),
    )
  })
  for (const name of names) await import(`./${group}/${name}`)
}

import { describe, expect, it } from '@jest/globals'
import { RULE_IDS } from '../../src/model/rule-ids.js'
import { buildRulesDoc } from '../../src/programs/build-rules-doc.js'
import { CHECKS } from '../../src/render/checks.js'
import { RULES } from '../../src/rules/all-rules.js'
import { anchorsOf } from '../repository/markdown.js'
import { list, read } from '../repository/tree.js'

describe('docs/rules.md', () => {
  it('is what the rules give', async () => {
    expect(read('docs/rules.md')).toBe(await buildRulesDoc())
  })

  it('has a place for everything that a finding can be', () => {
    const anchors = anchorsOf(read('docs/rules.md'))
    const ids = [...Object.keys(RULES), ...Object.keys(CHECKS)]
    expect(ids.filter((id) => !anchors.has(id))).toEqual([])
  })
})

describe('what a finding can be', () => {
  const named = new Set(
    list('src')
      .filter((path) => path.endsWith('.ts') && path !== 'src/render/checks.ts')
      .flatMap((path) => idsIn(read(path))),
  )

  it('is a rule, or a check with a title and a reason', () => {
    const known = new Set<string>([...RULE_IDS, ...Object.keys(CHECKS)])
    expect([...named].filter((id) => !known.has(id))).toEqual([])
  })

  it('is found by something', () => {
    const source = list('src')
      .filter((path) => path.endsWith('.ts') && path !== 'src/render/checks.ts')
      .map(read)
      .join('\n')
    expect(Object.keys(CHECKS).filter((id) => !source.includes(`'${id}'`))).toEqual([])
  })

  it('is no rule and a check at once', () => {
    expect(RULE_IDS.filter((id) => id in CHECKS)).toEqual([])
  })
})

/** As findings are made: `rule: 'x'`, in types too; and what is refused while a folder is read. */
function idsIn(source: string): string[] {
  const made = source.matchAll(/\brule: ('[a-z0-9-]+'(?: \| '[a-z0-9-]+')*)/g)
  return [...made].flatMap(([, ids = '']) => ids.split(' | ').map((id) => id.slice(1, -1)))
}

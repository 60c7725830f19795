import { describe, expect, it } from '@jest/globals'
import { prepareMigration } from '../../src/plan/prepare-migration.js'
import { isMeasurable } from '../../src/rehearsal/verdicts/is-measurable.js'
import { RULES } from '../../src/rules/all-rules.js'
import { collectStatements } from '../../src/rules/collect-statements.js'
import { openJudge } from '../../src/rules/judge.js'
import type { Judged } from '../../src/rules/make-findings.js'
import { openParser } from '../../src/sql/open-parser.js'
import { aMigration } from '../support/builders.js'
import { aJudging, type LintOptions, lint } from './lint.js'

const rules = Object.values(RULES)

describe('what a rule claims', () => {
  it('is nothing where it is about taste, security or rows that are lost', () => {
    const claiming = rules.filter(({ claims }) => claims !== undefined)
    expect(claiming.filter(({ group }) => !['locks', 'destructive'].includes(group))).toEqual([])
    const lossy = ['drop-table', 'drop-column', 'drop-schema', 'truncate', 'narrow-column-type'] as const
    expect(lossy.filter((id) => RULES[id].claims)).toEqual([])
  })

  it('is something, of each rule about a lock, a rewrite or a scan', () => {
    const others = rules.filter(({ group, claims }) => group === 'locks' && !claims).map(({ id }) => id)
    expect(others).toEqual(['narrow-column-type', 'multiple-alter-table', 'foreign-key-without-index'])
  })

  it('never stops a run that nothing may lower', () => {
    const never = rules.filter(({ levels }) => Object.values(levels).includes('never'))
    expect(never.filter(({ claims }) => claims)).toEqual([])
  })

  it.each([
    ['create index i on t (a);', 'create-index-not-concurrent', ['scan']],
    ['alter table t add column a int references u;', 'add-column-inline-foreign-key', ['stops-writes']],
    ['alter table t add column a int default 1 references u;', 'add-column-inline-foreign-key', ['scan']],
    ['alter domain d add check (value > 0);', 'domain-constraint', ['scan']],
    ['create domain d as int check (value > 0);', 'domain-constraint', undefined],
    ['drop table t;', 'drop-table', undefined],
  ])('stands in the finding about %s', async (sql, rule, claims) => {
    const [finding] = (await lint(sql)).filter((one) => one.rule === rule)
    expect(finding?.claims).toEqual(claims)
    expect(finding && isMeasurable(finding)).toBe(claims !== undefined)
  })
})

describe('a rule that is off', () => {
  const sql = 'create index i on t (a); drop index j;'
  const rule = 'create-index-not-concurrent'

  it.each<[string, LintOptions, string[]]>([
    ['where files are to run', { class: 'development' }, [rule, 'drop-index-not-concurrent']],
    ['by configuration', { levels: new Map([[rule, 'off']]) }, [rule]],
  ])('%s tells nobody what it claims, and says it all the same', async (_, options, unsaid) => {
    const judged = await judge(sql, options)
    expect(judged.findings.map((one) => one.rule)).not.toContain(rule)
    expect(judged.unsaid.map((one) => one.rule)).toEqual(unsaid)
  })

  it('for one file is off there', async () => {
    const judged = await judge(sql, {}, (id) => id === rule)
    expect(judged.findings.map((one) => one.rule)).not.toContain(rule)
    expect(judged.unsaid.map((one) => one.rule)).toEqual([rule])
  })

  it('says nothing where it is on', async () => {
    expect((await judge(sql, {})).unsaid).toEqual([])
  })

  it('is not silenced, and a comment for it is not unused', async () => {
    const { findings, suppressed, unsaid } = await judge(`-- devflow-ignore ${rule}: no\n${sql}`, {
      class: 'development',
    })
    expect([findings, suppressed]).toEqual([[], []])
    expect(unsaid.map((one) => one.rule)).toContain(rule)
  })
})

it('calls no comment unused that is about what only a rehearsal shows', async () => {
  const { findings } = await judge('-- devflow-ignore measured-scan: at night\nselect f();', {})
  expect(findings).toEqual([])
})

async function judge(
  text: string,
  { postgres = 15, ...judging }: LintOptions,
  isExcluded: (rule: string) => boolean = () => false,
): Promise<Judged> {
  const asked = openJudge({ judging: aJudging(judging), postgres, isExcluded })
  const file = aMigration({ text })
  const { statements, see } = collectStatements(() => [])
  prepareMigration(await openParser(), file, undefined, see)
  const first = asked.judge({ file, statements, transactional: true })
  const last = asked.conclude()
  return {
    findings: [...first.findings, ...last.findings],
    suppressed: [...first.suppressed, ...last.suppressed],
    unsaid: [...first.unsaid, ...last.unsaid],
  }
}

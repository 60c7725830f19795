import { describe, expect, it } from '@jest/globals'
import type { Finding, Fix } from '../../src/model/finding.js'
import type { RuleId } from '../../src/model/rule-ids.js'
import { RULES } from '../../src/rules/all-rules.js'
import type { Example } from '../../src/rules/rule.js'
import { openParser } from '../../src/sql/open-parser.js'
import { positionOf } from '../../src/sql/position.js'
import { type LintOptions, lint } from './lint.js'

export interface BadCase extends LintOptions {
  /** Each finding of the rule between ⟦ and ⟧: one file, or several in order. */
  readonly sql: string | readonly string[]
  /** Of the findings in order; one text where there is one. Exact. */
  readonly message?: string | readonly string[]
  /** What must stand in the help of each. */
  readonly help?: string | RegExp
  /** The file after the fixes. */
  readonly fixed?: string
  /** The migration that a fix puts after this one. */
  readonly next?: string
  readonly severity?: Finding['severity']
}

export type GoodCase =
  | string
  | readonly string[]
  | (LintOptions & { readonly sql: string | readonly string[] })

/** What a rule finds, exactly where, what it says, what it proposes, and what it leaves alone. */
export function describeRule(
  id: RuleId,
  { bad, good }: { readonly bad: readonly BadCase[]; readonly good: readonly GoodCase[] },
): void {
  describe(`rule ${id}`, () => {
    const rule = (RULES as Readonly<Record<string, (typeof RULES)[RuleId]>>)[id]
    it('is listed under its own name', () => expect(rule?.id).toBe(id))
    it.each(bad.map((each) => [show(each.sql), each] as const))('finds %s', (_, each) =>
      findsMarked(id, each),
    )
    it.each(good.map((each) => [show(asCase(each).sql), each] as const))(
      'leaves alone %s',
      async (_, each) => {
        const { sql, ...options } = asCase(each)
        expect(of(id, await lint(sql, { on: [id], ...options }))).toEqual([])
      },
    )
    it.each((rule?.examples.bad ?? []).map((each) => [show(asExample(each).sql), each] as const))(
      'finds its own bad example %s',
      async (_, each) => {
        const { sql, ...options } = asExample(each)
        expect(of(id, await lint(sql, { on: [id], ...options })).length).toBeGreaterThan(0)
      },
    )
    it.each((rule?.examples.good ?? []).map((each) => [show(asExample(each).sql), each] as const))(
      'leaves alone its own good example %s',
      async (_, each) => {
        const { sql, ...options } = asExample(each)
        expect(of(id, await lint(sql, { on: [id], ...options }))).toEqual([])
      },
    )
  })
}

async function findsMarked(id: RuleId, each: BadCase): Promise<void> {
  const { sql, message, help, fixed, next, severity, ...options } = each
  const files = [sql].flat().map(unmark)
  const found = of(
    id,
    await lint(
      files.map(({ text }) => text),
      { on: severity ? [] : [id], ...options },
    ),
  )
  expect(found.map(({ file, position }) => ({ file, position }))).toEqual(
    files.flatMap(({ text, spans }, index) =>
      spans.map((span) => ({ file: pathOf(index), position: positionOf(text, span) })),
    ),
  )
  if (message !== undefined) expect(found.map((one) => one.message)).toEqual([message].flat())
  if (help !== undefined) for (const one of found) expect(one.help).toMatch(help)
  if (severity !== undefined) expect(found.map((one) => one.severity)).toEqual(found.map(() => severity))
  const fixes = found.flatMap(({ fix }) => fix ?? [])
  if (fixed === undefined && next === undefined) return
  const text = apply(files[0]?.text ?? '', fixes)
  if (fixed !== undefined) expect(text).toBe(fixed)
  if (next !== undefined) expect(fixes.flatMap((fix) => fix.next ?? []).join('\n')).toBe(next)
  expect((await openParser()).parse(text).kind).toBe('statements')
  expect(
    of(id, await lint([text, ...fixes.flatMap((fix) => fix.next ?? [])], { on: [id], ...options })),
  ).toEqual([])
}

function pathOf(index: number): string {
  return `migrations/${String(index + 1).padStart(2, '0')}_file.sql`
}

function apply(text: string, fixes: readonly Fix[]): string {
  const edits = fixes.flatMap((fix) => fix.edits).toSorted((a, b) => b.span.start - a.span.start)
  return edits.reduce(
    (whole, { span, text: by }) => whole.slice(0, span.start) + by + whole.slice(span.end),
    text,
  )
}

function of(id: RuleId, findings: readonly Finding[]): Finding[] {
  return findings.filter(({ rule }) => rule === id)
}

function unmark(marked: string): { text: string; spans: { start: number; end: number }[] } {
  const spans: { start: number; end: number }[] = []
  const [first = '', ...rest] = marked.split('⟦')
  let text = first
  for (const part of rest) {
    const [inside = '', after = ''] = part.split('⟧')
    spans.push({ start: text.length, end: text.length + inside.length })
    text += inside + after
  }
  return { text, spans }
}

function asCase(each: GoodCase): LintOptions & { readonly sql: string | readonly string[] } {
  return typeof each === 'string' || isList(each) ? { sql: each } : each
}

function asExample(each: Example): LintOptions & { readonly sql: string | readonly string[] } {
  return typeof each === 'string' ? { sql: each } : each
}

function isList(each: GoodCase): each is readonly string[] {
  return Array.isArray(each)
}

function show(sql: string | readonly string[]): string {
  return [sql].flat().join(' ⏎ ').replaceAll(/\s+/g, ' ').slice(0, 100)
}

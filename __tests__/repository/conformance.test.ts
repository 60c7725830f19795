import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { RULE_IDS } from '../../src/model/rule-ids.js'
import { read, root } from './tree.js'

const load = (name: string) => import(pathToFileURL(join(root, 'scripts/conformance', name)).href)

const { mapping, notOurs } = (await load('mapping.mjs')) as {
  mapping: Record<string, Record<string, readonly string[]>>
  notOurs: readonly { tool: string; rule: string; reason: string }[]
}
const { renderTable, foundOnReading } = (await load('render-table.mjs')) as {
  renderTable: () => string
  foundOnReading: readonly string[]
}

describe('the table of rules of other tools', () => {
  it('is in the documentation as the code has it', () => {
    expect(read('docs/rules-of-other-tools.md')).toBe(renderTable())
  })

  it('names only rules that there are', () => {
    const known: readonly string[] = [...RULE_IDS, ...foundOnReading]
    const named = Object.values(mapping).flatMap((rules) => Object.values(rules).flat())
    expect(named.filter((id) => !known.includes(id))).toEqual([])
  })

  it('leaves at most five rules out, each with a reason, and none twice', () => {
    expect(notOurs.length).toBeLessThanOrEqual(5)
    expect(notOurs.filter(({ tool, rule, reason }) => mapping[tool]?.[rule] || reason.length < 20)).toEqual(
      [],
    )
  })
})

describe('npm run conformance', () => {
  const squawk = (sql: string, expected: number, lines: number[] = []) =>
    JSON.stringify({ id: sql, rule: 'ban-drop-table', sql, options: {}, expected, hit_lines: lines })
  const other = (rule: string, expected: number) =>
    JSON.stringify({ set: 'pgls', source: rule, rule, sql: 'drop table t;', expected })
  const none = { rewritten: [], scanned: [], held_access_exclusive_before: [], rows: null }
  const fact = (sql: string, dangerous: boolean, locks = ['books:AccessExclusiveLock']) =>
    JSON.stringify({ sql, before: [], dangerous, locks, ...none })

  it('passes where our rules and the cases agree, on the same lines', async () => {
    const { status, stdout } = await conform({
      'squawk_cases.jsonl': [squawk('select 1;\ndrop table t;', 1, [2]), squawk('select 1', 0)],
      'other_cases.jsonl': [other('banDropTable', 1), other('concurrentRefreshMatviewLock', 1)],
      'measured_facts.jsonl': [fact('alter table books add column z int', false)],
    })
    expect(stdout).toContain('squawk_cases.jsonl: 2 of 2, 100.0 %')
    expect(stdout).toContain('other_cases.jsonl: 1 of 1, 100.0 %')
    expect(stdout).toContain('measured_facts.jsonl: 1 of 1')
    for (const where of ['15, on a target', '15, on a shadow', '18, on a target', '18, on a shadow'])
      expect(stdout).toContain(`PostgreSQL ${where}: 1 of 1`)
    expect(status).toBe(0)
  })

  it('fails where they do not, and says why', async () => {
    const { status, stdout } = await conform({
      'squawk_cases.jsonl': [squawk('drop table t;', 0), squawk('select 1;\ndrop table t;', 1, [1])],
      'other_cases.jsonl': [other('noSuchRule', 1)],
      'measured_facts.jsonl': [fact('alter table books add column z int', true, ['books:ShareLock'])],
    })
    expect(stdout).toContain('expected none; found: drop-table on line 1')
    expect(stdout).toContain('expected on lines 1; found: drop-table on line 2')
    expect(stdout).toContain('no rule of ours is named for it')
    expect(stdout).toContain('dangerous, found nothing: alter table books add column z int')
    expect(stdout).toContain(
      'locks: books:ShareLock is missing; locks: books:AccessExclusiveLock is too much',
    )
    expect(status).toBe(1)
  })
})

async function conform(files: Record<string, string[]>): Promise<{ status: number | null; stdout: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'devflow-conformance-'))
  try {
    for (const [name, lines] of Object.entries(files)) await writeFile(join(folder, name), lines.join('\n'))
    const { status, stdout } = spawnSync(process.execPath, ['scripts/conformance.mjs', folder], {
      cwd: root,
      encoding: 'utf8',
    })
    return { status, stdout }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

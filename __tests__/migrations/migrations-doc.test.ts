import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { parseHead } from '../../src/migrations/parse-head.js'
import { parseName } from '../../src/migrations/parse-name.js'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/migrations.md', root), 'utf8')
const rows = page
  .split('\n')
  .flatMap((line) => (line.startsWith('| ') ? [line.split('|').map((cell) => cell.trim())] : []))
const prose = page.replace(/```[^`]+```/g, '')
const code = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text)

describe('the page about migration files', () => {
  it('shows names with the versions they have', () => {
    const named = rows.filter(([, , name]) => /^`[\w./-]+\.sql`$/.test(name ?? '') && code(name).length === 1)
    const shown = named.map(([, , name, version]) => [code(name)[0], code(version)[0]])
    expect(shown).toHaveLength(7)
    for (const [name = '', version] of shown) expect(parseName(name)).toMatchObject({ kind: 'up', version })
  })

  it('shows directives that are understood', () => {
    const shown = code(prose).filter((text) =>
      /^-- (devflow:|\+goose NO|migrate:up|\+migrate Up|no-transaction)/.test(text),
    )
    expect(shown.length).toBeGreaterThan(6)
    for (const directive of shown) {
      const { directives, mistakes } = parseHead(`${directive}\n`)
      expect(mistakes).toEqual([])
      expect(directives).not.toEqual({ noTransaction: false })
    }
  })

  it('shows dependencies that are understood', () => {
    const [, block = ''] = /```sql\n([^`]+)```/.exec(page) ?? []
    expect(parseHead(block).needs.map(({ reference }) => reference)).toEqual([
      '2026-01-20_create_users_table.sql',
      '2026-01-19_roles.sql',
      '2026-01-18_create_tenants_table.sql',
    ])
  })

  it('lists every rule of this stage, and no other', () => {
    const folder = new URL('src/migrations/', root)
    const source = readdirSync(folder)
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
      .join('\n')
    const refused = page.slice(page.indexOf('## What is refused'))
    const listed = refused
      .split('\n')
      .flatMap((line) => (line.startsWith('| `') ? code(line.split('|')[1]) : []))
    const inCode = new Set(
      [...source.matchAll(/'((?:[a-z0-9]+-)+[a-z0-9]+|symlink)'/g)].map(([, rule = '']) => rule),
    )
    const noRules = [
      'no-transaction',
      'lock-timeout',
      'statement-timeout',
      'idle-in-transaction-session-timeout',
      'transaction-timeout',
      'utf-8',
      'line-comment',
      'block-comment',
      'psql-command',
      'empty-folder',
      // Commands of git.
      'cat-file',
      'ls-tree',
      'merge-base',
      'rev-parse',
    ]
    expect(listed.toSorted()).toEqual([...inCode].filter((rule) => !noRules.includes(rule)).toSorted())
  })
})

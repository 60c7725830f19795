import { describe, expect, it } from '@jest/globals'
import { parseHead } from '../../src/migrations/parse-head.js'

const directives = (text: string) => parseHead(text).directives
const needs = (text: string) => parseHead(text).needs.map(({ reference }) => reference)
const mistakes = (text: string) => parseHead(text).mistakes.map(({ rule, message }) => `${rule}: ${message}`)

describe('directives', () => {
  it('are none in an ordinary file', () => {
    expect(parseHead('-- devflow is great\n-- devflow-ignore some-rule: a reason\nselect 1;')).toEqual({
      directives: { noTransaction: false, timeouts: {} },
      needs: [],
      mistakes: [],
    })
  })

  it('are read from comments before the first statement', () => {
    const head = `/* licence\n * devflow:no-transaction\n */\n\n--devflow:lock-timeout=500ms\n ; -- devflow: statement-timeout = 5m \ncreate index concurrently i on t (a);`
    expect(directives(head)).toEqual({
      noTransaction: true,
      timeouts: { lockMs: 500, statementMs: 300_000 },
    })
  })

  it.each([
    ['lock-timeout', 'lockMs'],
    ['statement-timeout', 'statementMs'],
    ['idle-in-transaction-session-timeout', 'idleInTransactionMs'],
    ['transaction-timeout', 'transactionMs'],
  ])('set the timeout %s of their file', (name, key) => {
    expect(directives(`-- devflow:${name}=5m\nselect 1`).timeouts).toEqual({ [key]: 300_000 })
  })

  it.each([
    ['500ms', 500],
    ['3s', 3000],
    ['3 s', 3000],
    ['5m', 300_000],
    ['5min', 300_000],
    ['1h', 3_600_000],
    ['0', 0],
    ['0s', 0],
    ['2147483647ms', 2_147_483_647],
  ])('take %s as a duration', (value, ms) => {
    expect(directives(`-- devflow:lock-timeout=${value}\nselect 1`).timeouts.lockMs).toBe(ms)
  })

  it.each(['', '=', '=5', '=5d', '=-1s', '=1.5s', '=2147483648ms', '=999h999', '=s', '=5s 3s'])(
    'refuse lock-timeout%s, saying what is allowed',
    (value) => {
      const { mistakes: found, directives: kept } = parseHead(`-- devflow:lock-timeout${value}\n`)
      expect(found).toMatchObject([{ rule: 'bad-directive', help: expect.stringMatching(/lock-timeout=3s/) }])
      expect(kept).toEqual({ noTransaction: false, timeouts: {} })
    },
  )

  it.each(['no-transactions', 'No-Transaction', 'timeout=3s', '', 'no-transaction please'])(
    'refuse the unknown "%s" and list those there are',
    (directive) => {
      expect(parseHead(`-- devflow:${directive}\nselect 1`).mistakes).toMatchObject([
        {
          rule: 'unknown-directive',
          help: expect.stringMatching(/no-transaction.*lock-timeout.*statement-timeout/),
        },
      ])
    },
  )

  it('refuse a value that would be ignored, and the same twice', () => {
    expect(mistakes('-- devflow:no-transaction=false\n')).toEqual([
      expect.stringMatching(/^bad-directive.*"false"/),
    ])
    expect(mistakes('-- devflow:lock-timeout=1s\n-- devflow:lock-timeout=2s\n')).toEqual([
      expect.stringMatching(/^bad-directive.*twice/),
    ])
  })

  it('refuse to stand where they would do nothing', () => {
    const text = "select '-- devflow:no-transaction';\n-- devflow:no-transaction\n/* @depends-on: x */"
    const { mistakes: found, directives: kept } = parseHead(text)
    expect(kept.noTransaction).toBe(false)
    expect(found.map(({ rule, span }) => [rule, text.slice(span.start, span.end)])).toEqual([
      ['bad-directive', 'devflow:no-transaction'],
      ['bad-directive', '@depends-on: x'],
    ])
  })

  it('point at themselves', () => {
    const text = '-- é\n  --  devflow:nope  \nselect 1'
    const [mistake] = parseHead(text).mistakes
    expect(text.slice(mistake?.span.start, mistake?.span.end)).toBe('devflow:nope')
  })

  it.each([
    '-- +goose NO TRANSACTION\n-- +goose Up\ncreate index concurrently i on t (a);',
    '-- migrate:up transaction:false\nselect 1',
    '-- +migrate Up notransaction\nselect 1',
    '-- no-transaction\nselect 1',
    '--! Previous: -\n--! Hash: sha1:0\n\n--! no-transaction\nselect 1;',
    '-- atlas:txmode none\n\ncreate index concurrently i on t (a);',
    '--liquibase formatted sql\n\n--changeset ann:1 runInTransaction:false\nselect 1;',
  ])('of other tools are understood: %j', (text) => {
    expect(directives(text).noTransaction).toBe(true)
  })

  it.each([
    '-- migrate:up\nselect 1',
    '-- migrate:up transaction:true\n',
    "select '-- +goose NO TRANSACTION'",
    'x -- no-transaction',
  ])('of other tools are not made up: %j', (text) => {
    expect(directives(text).noTransaction).toBe(false)
  })
})

describe('dependencies', () => {
  it('are read from both forms of the documents', () => {
    const text = `-- =============
-- MIGRATION: Add user profiles
-- Dependencies: 2026-01-20_create_users_table.sql, 2026-01-19_b.sql
-- @depends-on: 2026-01-19_create_tenants_table.sql
-- @depends-on 2026-01-18_x
-- =============
select 1;`
    expect(needs(text)).toEqual([
      ...[
        '2026-01-20_create_users_table.sql',
        '2026-01-19_b.sql',
        '2026-01-19_create_tenants_table.sql',
        '2026-01-18_x',
      ],
    ])
  })

  it.each(['None', 'none', 'NONE', '-', '--', 'n/a', 'N/A', '', ' , ', 'None (first migration)'])(
    'are none for "%s"',
    (list) => {
      expect(needs(`-- Dependencies: ${list}\nselect 1`)).toEqual([])
    },
  )

  it('know where they stand', () => {
    const text = '\n--  Dependencies: a.sql\nselect 1'
    const [need] = parseHead(text).needs
    expect(text.slice(need?.span.start, need?.span.end)).toBe('Dependencies: a.sql')
  })

  it('are not found below the head or in SQL', () => {
    expect(parseHead("select '-- @depends-on: a';\n-- Dependencies: b").needs).toEqual([])
  })
})

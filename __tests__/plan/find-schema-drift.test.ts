import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { SchemaChange, SchemaComparison } from '../../src/model/schema.js'
import { findSchemaDrift } from '../../src/plan/find-schema-drift.js'
import { cpuMs } from '../support/cpu-ms.js'

const warns = { schemaDrift: 'warn', redact: (text: string) => text } as const

function aComparison(...changes: SchemaChange[]): SchemaComparison {
  return { state: 'changed', changes, count: changes.length }
}

function messageOf(change: SchemaChange): string | undefined {
  return findSchemaDrift(aComparison(change), warns).findings[0]?.message
}

const changed = (kind: string, name: string, before: string, after: string): SchemaChange => ({
  change: 'changed',
  kind,
  name,
  before,
  after,
})

describe('schema drift', () => {
  it('is a warning for each object, in words, with the ways out', () => {
    expect(
      findSchemaDrift(
        aComparison(
          { change: 'added', kind: 'column', name: 'public.users.nickname', after: 'text' },
          { change: 'dropped', kind: 'index', name: 'public.users_email', before: 'CREATE INDEX …' },
        ),
        warns,
      ),
    ).toEqual({
      notes: [],
      findings: [
        {
          rule: 'schema-drift',
          severity: 'warning',
          message: 'The column public.users.nickname is in the database and was not when the last run ended.',
          help: expect.stringMatching(
            /write it as a migration .* else undo it\. The next run .* takes the schema as it is then\.$/,
          ),
        },
        expect.objectContaining({
          message:
            'The index public.users_email is gone from the database; it was there when the last run ended.',
        }),
      ],
    })
  })

  it('is an error where it is to stop a run, and the help says how to go on', () => {
    const [finding] = findSchemaDrift(
      aComparison({ change: 'added', kind: 'table', name: 'public.t', after: '' }),
      { ...warns, schemaDrift: 'error' },
    ).findings
    expect(finding).toMatchObject({
      severity: 'error',
      help: expect.stringMatching(/delete the rows of schema_snapshots/),
    })
  })

  it('is nothing where it is off, or nothing was compared', () => {
    const comparison = aComparison({ change: 'added', kind: 'table', name: 'public.t', after: '' })
    const nothing = { findings: [], notes: [] }
    expect(findSchemaDrift(comparison, { ...warns, schemaDrift: 'off' })).toEqual(nothing)
    expect(findSchemaDrift(undefined, warns)).toEqual(nothing)
    for (const state of ['same', 'not-recorded', 'not-asked'] as const)
      expect(findSchemaDrift({ state, changes: [], count: 0 }, warns)).toEqual(nothing)
  })

  it.each([
    ['moved-on', /can not be told: something was applied after it was recorded last/],
    ['other-scope', /can not be told: database\.schemas named others/],
    ['other-form', /can not be told: another version of this tool/],
    ['unreadable', /could not be looked up: permission denied for schema devflow\.$/],
  ] as const)('is a note where it is %s', (state, note) => {
    const told = findSchemaDrift(
      { state, changes: [], count: 0, reason: 'permission denied for schema devflow' },
      warns,
    )
    expect(told).toEqual({ findings: [], notes: [expect.stringMatching(note)] })
  })

  it('says where the server is of another major now', () => {
    const comparison = aComparison({ change: 'added', kind: 'table', name: 't', after: '' })
    expect(findSchemaDrift({ ...comparison, recordedMajor: 15 }, warns).notes).toEqual([
      'The schema was recorded on PostgreSQL 15; some of what differs may come from the upgrade.',
    ])
  })

  it('is told of twenty objects one by one, and counted beyond', () => {
    const many = (count: number) =>
      Array.from(
        { length: Math.min(count, 100) },
        (_, n): SchemaChange => ({
          change: 'added',
          kind: 'table',
          name: `t${n}`,
          after: '',
        }),
      )
    const messages = (count: number) =>
      findSchemaDrift({ ...aComparison(...many(count)), count }, warns).findings.map(({ message }) => message)
    expect(messages(20)).toHaveLength(20)
    expect(messages(21).at(-1)).toBe('And 1 more object of the database is not as the last run left it.')
    expect(messages(4_000)).toHaveLength(21)
    expect(messages(4_000).at(-1)).toBe(
      'And 3980 more objects of the database are not as the last run left them.',
    )
  })

  it('is redacted, every word of it', () => {
    const redact = (text: string) => text.replaceAll('hunter2', '***')
    const told = findSchemaDrift(aComparison(changed('view', 'public.hunter2', 'a hunter2', 'b')), {
      ...warns,
      redact,
    })
    expect(JSON.stringify(told)).not.toContain('hunter2')
    const reason = findSchemaDrift(
      { state: 'unreadable', changes: [], count: 0, reason: 'hunter2' },
      { ...warns, redact },
    )
    expect(JSON.stringify(reason)).not.toContain('hunter2')
  })
})

describe('what a change of the schema is called', () => {
  it.each([
    ['text NOT NULL', 'text', 'it had `NOT NULL`'],
    ['text', 'text NOT NULL', 'it has `NOT NULL` now'],
    ['integer', 'bigint', 'it was `integer` and is `bigint`'],
    [
      "text DEFAULT 'a'::text",
      "text DEFAULT 'b'::text",
      "it was `text DEFAULT 'a'::text` and is `text DEFAULT 'b'::text`",
    ],
    ['OWNER a', 'OWNER a ENABLE ROW LEVEL SECURITY', 'it has `ENABLE ROW LEVEL SECURITY` now'],
    ['SELECT a\n   FROM t', 'SELECT a\n   FROM `t`', 'it was `SELECT a FROM t` and is `SELECT a FROM ´t´`'],
    ['same', 'same', 'it is defined otherwise'],
  ])('%s, and then %s: %s', (before, after, told) => {
    expect(messageOf(changed('thing', 'x', before, after))).toBe(
      `The thing x is not as the last run left it: ${told}.`,
    )
  })

  it('shows of a long definition what differs', () => {
    const long = (middle: string) =>
      `SELECT ${'column_a, '.repeat(30)}${middle} FROM t WHERE ${'x AND '.repeat(30)}true`
    expect(messageOf(changed('view', 'v', long('a + b'), long('a * b')))).toBe(
      'The view v is not as the last run left it: it had `+` and has `*`.',
    )
    const message = messageOf(changed('view', 'v', 'a'.repeat(5_000), 'b'.repeat(5_000))) ?? ''
    expect(message.length).toBeLessThan(750)
  })

  it('says of a body that it is another, and what else is', () => {
    const body = (letter: string) => `BODY ${letter.repeat(64)}`
    expect(messageOf(changed('function', 'f()', `VOLATILE ${body('a')}`, `VOLATILE ${body('b')}`))).toBe(
      'The function f() is not as the last run left it: its body is another.',
    )
    expect(
      messageOf(changed('function', 'f()', `STABLE ${body('a')}`, `STABLE SECURITY DEFINER ${body('b')}`)),
    ).toBe(
      'The function f() is not as the last run left it: it has `SECURITY DEFINER` now, and its body is another.',
    )
  })

  it('does not show what a string holds, unless that is short and plain', () => {
    const trigger = (token: string) =>
      `CREATE TRIGGER t EXECUTE FUNCTION http('https://api.example.com', '${token}', 'POST')`
    expect(
      messageOf(
        changed('trigger', 't', trigger('{"Authorization": "Bearer abc"}'), `${trigger("it''s")} DISABLED`),
      ),
    ).toBe('The trigger t is not as the last run left it: it has `DISABLED` now.')
    expect(
      messageOf(changed('trigger', 't', trigger('s3cret one of many'), trigger('s3cret two of many'))),
    ).toBe('The trigger t is not as the last run left it: it is defined otherwise.')
    // A definition that was cut in the middle of a string.
    expect(messageOf(changed('view', 'v', "SELECT 'password of the", 'SELECT 1'))).not.toContain('password')
  })

  it.each([
    ['rights', 'table public.t', 'anon=r', 'anon=ar', 'anon has INSERT, SELECT (before: SELECT)'],
    [
      'rights',
      'table public.t',
      undefined,
      'PUBLIC=ALL, anon=r*',
      'PUBLIC has ALL (before: none), anon has SELECT with grant option (before: none)',
    ],
    ['rights', 'table public.t', '"odd, =r"=w, b=d', 'b=d', '"odd, =r" has none (before: UPDATE)'],
    ['rights', 'table public.t', undefined, 'owner ada=ar', 'owner ada has INSERT, SELECT (before: ALL)'],
    ['rights', 'function public.f()', undefined, '', 'PUBLIC has none (before: EXECUTE)'],
    [
      'rights',
      'function public.f()',
      'ada=ALL',
      undefined,
      'ada has none (before: EXECUTE), PUBLIC has EXECUTE (before: none)',
    ],
    ['rights', 'type public.e', undefined, '', 'PUBLIC has none (before: USAGE)'],
    [
      'rights',
      'schema app',
      'PUBLIC=U',
      'PUBLIC=U, anon=ALL*',
      'anon has ALL with grant option (before: none)',
    ],
  ] as const)('of %s on %s from %s to %s: who has what, and had what', (kind, name, before, after, told) => {
    const change: SchemaChange = {
      change: before === undefined ? 'added' : after === undefined ? 'dropped' : 'changed',
      kind,
      name,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    }
    expect(messageOf(change)).toBe(`The rights on the ${name} are not as the last run left them: ${told}.`)
  })

  it.each([
    ['ada in app on tables', undefined, 'anon=r', 'anon has SELECT (before: none)'],
    ['ada on functions', undefined, '', 'PUBLIC has none (before: EXECUTE)'],
    ['ada in app on functions', undefined, 'anon=ALL', 'anon has EXECUTE (before: none)'],
  ])('of the default privileges of %s', (name, before, after, told) => {
    const change = {
      change: 'added',
      kind: 'default privileges',
      name,
      after,
      ...(before ? { before } : {}),
    } as const
    expect(messageOf(change)).toBe(
      `The default privileges of ${name} are not as the last run left them: ${told}.`,
    )
  })

  it('is one sentence or two on one line, whatever a server says, and takes no time', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom("'", '"', '=', ', ', 'BODY '),
    )
    fc.assert(
      fc.property(
        fc.constantFrom('rights', 'view', 'default privileges'),
        fc.constantFrom('added', 'dropped', 'changed'),
        text,
        text,
        (kind, change, before, after) => {
          const message = messageOf({ change, kind, name: 'x', before, after }) ?? ''
          expect(message).toMatch(/^The [\s\S]+\.$/)
          expect(message.length).toBeLessThan(1_500)
        },
      ),
    )
    const started = cpuMs()
    messageOf(changed('rights', 'table t', '"'.repeat(2_000), 'a'.repeat(2_000)))
    messageOf(changed('view', 'v', "'".repeat(2_001), '"'.repeat(2_000)))
    expect(cpuMs() - started).toBeLessThan(5_000)
  })
})

import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { SchemaChange, SchemaObject } from '../../src/model/schema.js'
import { compareSchemas } from '../../src/plan/compare-schemas.js'

const anObject = (overrides: Partial<SchemaObject> = {}): SchemaObject => ({
  kind: 'table',
  name: 'public.a',
  partOf: '',
  definition: 'PERMANENT',
  ...overrides,
})

const column = anObject({
  kind: 'column',
  name: 'public.a.n',
  partOf: 'table public.a',
  definition: 'integer',
})

const schemas = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom('table', 'view'),
    name: fc.string({ maxLength: 3 }),
    partOf: fc.constant(''),
    definition: fc.constantFrom('a', 'b'),
  }),
  { selector: ({ kind, name }) => `${kind} ${name}`, maxLength: 8 },
)

const TURNED = { added: 'dropped', dropped: 'added', changed: 'changed' } as const

function turned({ change, before, after, ...rest }: SchemaChange): SchemaChange {
  return {
    ...rest,
    change: TURNED[change],
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
  }
}

describe('two schemas', () => {
  it('differ by what only one of them has, or defines otherwise, and by nothing else', () => {
    fc.assert(
      fc.property(schemas, schemas, (a, b) => {
        expect(compareSchemas(a, a)).toEqual([])
        const there = compareSchemas(a, b)
        expect(compareSchemas(b, a).map(turned)).toEqual(there)
        const has = (all: readonly SchemaObject[], { kind, name }: SchemaChange) =>
          all.find((each) => each.kind === kind && each.name === name)
        for (const change of there) expect(has(a, change)?.definition).not.toBe(has(b, change)?.definition)
        const changed = new Set(there.map(({ kind, name }) => `${kind} ${name}`))
        for (const object of a.filter(({ kind, name }) => !changed.has(`${kind} ${name}`)))
          expect(b).toContainEqual(object)
      }),
    )
  })

  it('differ by a table, and not by each of its columns; by a column where the table is in both', () => {
    expect(compareSchemas([], [anObject(), column])).toMatchObject([{ change: 'added', name: 'public.a' }])
    expect(compareSchemas([anObject(), column], [])).toMatchObject([{ change: 'dropped', name: 'public.a' }])
    expect(compareSchemas([anObject(), column], [anObject()])).toEqual([
      { change: 'dropped', kind: 'column', name: 'public.a.n', before: 'integer' },
    ])
    const wider = { ...column, definition: 'bigint' }
    expect(compareSchemas([anObject(), column], [anObject(), wider])).toEqual([
      { change: 'changed', kind: 'column', name: 'public.a.n', before: 'integer', after: 'bigint' },
    ])
  })
})

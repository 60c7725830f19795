import { describe, expect, it } from '@jest/globals'
import { digestSchema } from '../../src/backup/digest-schema.js'

describe('the schema’s digest', () => {
  const digest = (...lines: string[]) => digestSchema(lines.map((line) => `${line}\n`).join(''))

  it('has owners apart from what they own', () => {
    const ada = digest('table\tpublic.a\tschema public\tOWNER ada USING x', 'index\ti\ttable public.a\tbtree')
    const bob = digest(
      'table\tpublic.a\tschema public\tOWNER "b ""o b" USING x',
      'index\ti\ttable public.a\tbtree',
    )
    expect(Object.keys(ada).sort()).toEqual(['index', 'owner', 'table'])
    expect([ada.table, ada.index]).toEqual([bob.table, bob.index])
    expect(ada.owner).not.toEqual(bob.owner)
  })

  it('counts each kind, and shows any change', () => {
    const two = digest('index\ta\tt\tbtree', 'index\tb\tt\tbtree')
    expect([two.index?.count, digest().index]).toEqual([2, undefined])
    expect(digest('index\ta\tt\tbtree', 'index\tb\tt\thash').index).not.toEqual(two.index)
  })
})

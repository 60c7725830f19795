import { expect, it } from '@jest/globals'
import { withoutOwners } from '../../src/plan/without-owners.js'

const definitions = (kind: string, ...all: string[]) =>
  withoutOwners(all.map((definition) => ({ kind, name: 'a', partOf: '', definition }))).map(
    (object) => object.definition,
  )

it('takes the owner out of a definition, however it is named, and nothing else', () => {
  expect(
    definitions(
      'table',
      'OWNER ada PERMANENT',
      'OWNER "a b" UNLOGGED',
      'OWNER "a""b"',
      'OWNER ada',
      "CHECK ('OWNER x')",
    ),
  ).toEqual(['PERMANENT', 'UNLOGGED', '', '', "CHECK ('OWNER x')"])
})

it('takes the owner out of rights, with those that have no others', () => {
  expect(
    definitions(
      'rights',
      'owner ada=r, anon=ar',
      'anon=ar, owner "a=b"=r',
      'PUBLIC=r, owner x=r, z=w',
      'owner ada=r',
    ),
  ).toEqual(['anon=ar', 'anon=ar', 'PUBLIC=r, z=w'])
})

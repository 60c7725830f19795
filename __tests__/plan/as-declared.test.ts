import { expect, it } from '@jest/globals'
import { asDeclared } from '../../src/plan/as-declared.js'
import { aMigration } from '../support/builders.js'

it('takes a file for one that declares no-transaction where the configuration says so', () => {
  const file = aMigration({ directives: { noTransaction: false, timeouts: { lockMs: 5 } } })
  const never = () => false
  expect(asDeclared(file, { transaction: 'file' }, never)).toBe(file)
  const declared = { ...file, directives: { noTransaction: true, timeouts: { lockMs: 5 } } }
  expect(asDeclared(file, { transaction: 'none' }, never)).toEqual(declared)
  expect(asDeclared(file, { transaction: 'file' }, (name) => name === file.name)).toEqual(declared)
})

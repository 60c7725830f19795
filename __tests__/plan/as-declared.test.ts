import { expect, it } from '@jest/globals'
import { asDeclared } from '../../src/plan/as-declared.js'
import { aMigration } from '../support/builders.js'

it('takes a file for one that declares no-transaction where the configuration says so', () => {
  const file = aMigration({ directives: { noTransaction: false, timeouts: { lockMs: 5 } } })
  const never = () => false
  expect(asDeclared(file, { transaction: 'file', substitute: [] }, never)).toBe(file)
  const declared = (by: 'transaction' | 'legacy') => ({
    ...file,
    directives: { noTransaction: true, noTransactionBy: by, timeouts: { lockMs: 5 } },
  })
  const isLegacy = (name: string) => name === file.name
  expect(asDeclared(file, { transaction: 'none', substitute: [] }, never)).toEqual(declared('transaction'))
  expect(asDeclared(file, { transaction: 'file', substitute: [] }, isLegacy)).toEqual(declared('legacy'))
  const itself = aMigration({ directives: { noTransaction: true, timeouts: {} } })
  expect(asDeclared(itself, { transaction: 'none', substitute: [] }, isLegacy)).toBe(itself)
})

it('adds the variables of the configuration behind those that the file declares itself', () => {
  const directives = {
    noTransaction: false,
    timeouts: {},
    substitute: [{ name: 'APP', as: 'identifier' as const }],
  }
  const file = aMigration({ directives })
  const substitute = [
    { name: 'APP', as: 'literal' as const },
    { name: 'KEY', as: 'literal' as const },
  ]
  expect(asDeclared(file, { transaction: 'file', substitute }, () => false).directives.substitute).toEqual([
    { name: 'APP', as: 'identifier' },
    { name: 'KEY', as: 'literal' },
  ])
})

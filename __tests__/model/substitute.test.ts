import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { isRunsOwn, parseSubstitute } from '../../src/model/substitute.js'

describe('parseSubstitute', () => {
  it.each([
    ['APP_PASSWORD', { name: 'APP_PASSWORD', as: 'literal' }],
    [' app_role : identifier ', { name: 'app_role', as: 'identifier' }],
    ['_X1:literal', { name: '_X1', as: 'literal' }],
    ['1X', undefined],
    ['A B', undefined],
    ['É', undefined],
    ['A:sql', undefined],
    ['A:', undefined],
    ['A'.repeat(201), undefined],
    ['', undefined],
  ])('reads %j as %j', (text, expected) => {
    expect(parseSubstitute(text)).toEqual(expected)
  })

  it('gives a name of a variable or nothing, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { name = 'A' } = parseSubstitute(text) ?? {}
        expect(name).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/)
      }),
    )
  })
})

it.each([
  ['DATABASE_URL', true],
  ['GITHUB_TOKEN', true],
  ['github_token', true],
  ['ACTIONS_ID_TOKEN_REQUEST_TOKEN', true],
  ['INPUT_DATABASE_URL', true],
  ['SUPABASE_SERVICE_KEY', true],
  ['GITHUB_SHA', false],
  ['APP_DATABASE_URL', false],
])('%s is the run’s own: %j', (name, expected) => {
  expect(isRunsOwn(name)).toBe(expected)
})

import { expect, it } from '@jest/globals'
import { ConnectionError } from '../../src/model/connection-error.js'
import { UserError } from '../../src/model/user-error.js'

const problem = { message: 'wrong', help: 'mend it' }

it('an error is known by what it carries, since each bundle has a class of its own', () => {
  const elsewhere = Object.assign(new Error('wrong'), {
    [Symbol.for('devflow-migrate/user-error')]: true,
  })
  expect(elsewhere instanceof UserError).toBe(true)
  expect(elsewhere instanceof ConnectionError).toBe(false)
})

it('a lost connection is an error of the user, and not the other way round', () => {
  const lost = new ConnectionError(problem, 'cut')
  expect([lost instanceof ConnectionError, lost instanceof UserError, lost instanceof Error]).toEqual([
    true,
    true,
    true,
  ])
  expect(new UserError([problem]) instanceof ConnectionError).toBe(false)
})

it.each([new Error('wrong'), undefined, null, 'wrong', {}])('%p is none', (value) => {
  expect(value instanceof UserError).toBe(false)
})

// Run by needs.test.ts in a jest of its own.
import { expect } from '@jest/globals'
import { needs } from './needs.js'

needs('node').it('has a program', () => {
  expect(needs('node').missing).toBeUndefined()
})

needs('no-such-program').it('misses a program', () => {
  throw new Error('this must not be run')
})

import { expect, it } from '@jest/globals'
import { NEVER_LOWERED } from '../../src/model/never-lowered.js'
import { RULES } from '../../src/rules/all-rules.js'

it('names the rules whose own level is never, by class, and no other', () => {
  const own = Object.values(RULES).flatMap(({ id, levels }) => {
    const classes = Object.entries(levels).flatMap(([name, level]) => (level === 'never' ? [name] : []))
    return classes.length > 0 ? [[id, classes]] : []
  })
  const listed = Object.entries(NEVER_LOWERED).filter(([id]) => Object.hasOwn(RULES, id))
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(own))
})

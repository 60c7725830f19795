import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { UserError } from '../../src/model/user-error.js'
import { hashPlan } from '../../src/plan/hash-plan.js'
import { makePlanDocument } from '../../src/plan/make-plan-document.js'
import { parsePlanFile } from '../../src/plan/parse-plan-file.js'
import { renderPlanFile } from '../../src/render/plan-file.js'
import { aPlanDocument, aRunnable } from './a-plan-document.js'
import { anyPlan } from './any-plan.js'

const parse = (text: string) => parsePlanFile(text, 'plan.json')
const refusal = (text: string) => {
  try {
    parse(text)
  } catch (error) {
    if (error instanceof UserError) return error.problems[0]?.message
    throw error
  }
  return undefined
}
const document = aPlanDocument()
const json = (change: (file: typeof document) => unknown) =>
  JSON.stringify(change(JSON.parse(renderPlanFile(document))))

describe('a plan file', () => {
  it('gives back the plan it was written from', () => {
    fc.assert(
      fc.property(anyPlan, (facts) => {
        const made = makePlanDocument(facts)
        expect(parse(renderPlanFile(made))).toEqual(made)
      }),
    )
  })

  it('holds hostile names without a command that the runner would read, and gives them back', () => {
    const name = '03_##[error]\u202e\n::set-output.sql'
    const made = aPlanDocument({ migrations: [aRunnable({ name, version: name })] })
    const text = renderPlanFile(made)
    expect(text).not.toMatch(/##\[|\u202e|^::/m)
    expect(parse(text)).toEqual(made)
  })

  it('may begin with a byte-order mark', () => {
    expect(parse(`\ufeff${renderPlanFile(document)}`)).toEqual(document)
  })

  it('is refused when any value that is hashed was changed', () => {
    const places = leaves(document).filter(([first]) => first !== 'about')
    expect(places.length).toBeGreaterThan(20)
    for (const place of places) {
      const text = json((file) => changed(file, place))
      // The name of an applied migration is for people, and in no hash.
      if (place.at(-1) === 'name') expect(parse(text).hash).toBe(document.hash)
      else expect(refusal(text)).toMatch(/was changed after it was written|is no plan file/)
    }
  })

  it('is refused when its list of applied migrations is not the one it was made with', () => {
    expect(refusal(json((file) => ({ ...file, applied: [] })))).toBe(
      'plan.json was changed after it was written: its list of applied migrations is not the one it was made with.',
    )
  })

  it('is refused with both hashes when it says another', () => {
    const other = document.hash.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    expect(refusal(json((file) => ({ ...file, hash: other })))).toBe(
      `plan.json was changed after it was written: it says ${other}, and holds ${document.hash}.`,
    )
  })

  it.each<[string, string]>([
    ['', 'plan.json is no plan file: it can not be read as JSON.'],
    ['null', 'plan.json is no plan file: not as expected.'],
    ['[]', 'plan.json is no plan file: not as expected.'],
    ['['.repeat(100_000), 'plan.json is no plan file: it can not be read as JSON.'],
    [
      json((file) => ({ ...file, plan: { ...file.plan, format: 'devflow-migrate plan 2' } })),
      'plan.json is no plan file: not as expected at plan.format.',
    ],
    [
      json((file) => ({ ...file, plan: { ...file.plan, more: 1 } })),
      'plan.json is no plan file: a field that this version does not know at plan.',
    ],
    [
      json((file) => ({
        ...file,
        plan: { ...file.plan, policy: { ...file.plan.policy, approval: { '::x': '' } } },
      })),
      'plan.json is no plan file: not as expected at plan.policy.approval.',
    ],
    [
      json((file) => {
        const plan = { ...file.plan, migrations: [...file.plan.migrations, ...file.plan.migrations] }
        return { ...file, plan, hash: hashPlan(plan) }
      }),
      'plan.json is no plan file: it names a version twice, at plan.migrations.',
    ],
  ])('is refused: %#', (text, message) => {
    expect(refusal(text)).toBe(message)
  })

  it('is refused when it is larger than any that we write', () => {
    expect(refusal(' '.repeat(32 * 1024 * 1024 + 1))).toBe('plan.json is larger than 32 MiB.')
  })

  it('can not smuggle in a prototype', () => {
    const text = renderPlanFile(document).replace('"approval": {', '"approval": {"__proto__": "x",')
    const { approval } = parse(text).plan.policy
    expect(approval).toEqual(document.plan.policy.approval)
    expect(Object.keys(approval)).not.toContain('__proto__')
  })
})

type Place = readonly (string | number)[]

function leaves(value: unknown, at: Place = []): Place[] {
  if (value === null || typeof value !== 'object') return [at]
  return Object.entries(value).flatMap(([name, each]) =>
    leaves(each, [...at, Array.isArray(value) ? Number(name) : name]),
  )
}

/** With another value of the same type at that place. */
function changed(value: unknown, [first, ...rest]: Place): unknown {
  if (first === undefined) {
    if (typeof value === 'boolean') return !value
    return typeof value === 'string' ? `${value.slice(0, -1)}${value.endsWith('1') ? '2' : '1'}` : '7'
  }
  if (Array.isArray(value)) return value.with(Number(first), changed(value[Number(first)], rest))
  const object = value as Record<string, unknown>
  return { ...object, [first]: changed(object[first], rest) }
}

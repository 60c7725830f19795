import { describe, expect, it } from '@jest/globals'
import { decide, needsApproval } from '../../src/gate/decide.js'
import type { Config } from '../../src/model/config.js'

type Asked = Parameters<typeof decide>[0]
interface Case extends Partial<Omit<Asked, 'environment'>> {
  readonly class?: Config['environment']['class']
  readonly requireApproval?: boolean
}

function asked({ class: kind = 'production', requireApproval = false, ...overrides }: Case): Asked {
  return {
    command: 'migrate',
    changes: (overrides.command ?? 'migrate') === 'migrate',
    entry: 'cli',
    confirmed: false,
    environment: { name: 'live', class: kind, requireApproval, urlVariable: 'DATABASE_URL' },
    ...overrides,
  }
}

const refusedFor = (given: Case) => decide(asked(given)).map(({ message }) => message)

describe('applying', () => {
  it.each<Case>([
    { class: 'development' },
    { class: 'staging' },
    { class: 'production', confirmed: true },
    { class: 'production', entry: 'action' },
    { class: 'production', changes: false },
    { class: 'production', requireApproval: true, changes: false },
    { class: 'development', entry: 'action' },
  ])('is permitted: %j', (given) => expect(refusedFor(given)).toEqual([]))

  it.each<Config['command']>(['validate', 'status', 'plan', 'dry-run', 'verify', 'history', 'setup'])(
    'is not what %s does, so it needs no permission',
    (command) => expect(refusedFor({ command, requireApproval: true })).toEqual([]),
  )

  it('to production from a command line needs a confirmation', () => {
    expect(decide(asked({}))).toEqual([
      {
        message:
          'Environment live is of class production, and nothing confirms that migrations are to be applied to it.',
        help: expect.stringContaining('CONFIRM_PRODUCTION_MIGRATION=true'),
      },
    ])
  })

  it('where an approval is required is refused, and no confirmation takes its place', () => {
    for (const kind of ['development', 'staging', 'production'] as const) {
      for (const entry of ['cli', 'action'] as const) {
        for (const confirmed of [false, true]) {
          expect(refusedFor({ class: kind, entry, confirmed, requireApproval: true })).toEqual([
            expect.stringContaining('require_approval: true'),
          ])
        }
      }
    }
  })

  it('where an approval is required is permitted with one, and refused with the words of a refusal', () => {
    const approval = { kind: 'comment', by: 'alice', as: 'a comment' } as const
    const given = asked({ requireApproval: true })
    expect(decide(given, { approval, notes: [] })).toEqual([])
    const refusal = { reason: 'no-token', message: 'None.', help: 'Add:', lines: 'with:\n  x: y' } as const
    expect(decide(given, refusal)).toEqual([{ message: 'None.', help: 'Add:', lines: 'with:\n  x: y' }])
  })

  it('needs an approval only where something is applied, so that a plan can be made to be approved', () => {
    expect(needsApproval(asked({ requireApproval: true }))).toBe(true)
    expect(needsApproval(asked({}))).toBe(false)
    for (const command of ['plan', 'dry-run', 'status'] as const)
      expect(needsApproval(asked({ requireApproval: true, command }))).toBe(false)
    expect(needsApproval(asked({ requireApproval: true, changes: false }))).toBe(false)
  })
})

import fc from 'fast-check'
import type { Asked, Command, Disturbance, Reading } from './command.js'
import { type Fails, KINDS } from './migration-text.js'

/**
 * Lists of what may happen to a folder and a database, in which some files are there first. Edits come more often than
 * runs, whole files more often than broken ones.
 */
export function commandLists(
  maxLength: number,
  more: readonly fc.WeightedArbitrary<Command>[] = [],
): fc.Arbitrary<Command[]> {
  const first = fc.array(added, { minLength: 1, maxLength: 5, size: 'max' })
  const then = fc.array(fc.oneof({ weight: 5, arbitrary: edit }, { weight: 6, arbitrary: run }, ...more), {
    minLength: 1,
    maxLength: maxLength - 5,
    size: 'max',
  })
  return fc.noBias(fc.tuple(first, then)).map((parts) => parts.flat())
}

const pick = fc.nat(20)
const kind = fc.constantFrom(...KINDS)
const broken = fc.constantFrom<Fails>('divides', 'divides', 'deferred', 'unlocks', 'newer', 'syntax')
const fails = fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: broken })

const added: fc.Arbitrary<Command> = fc.record({ do: fc.constant('add' as const), kind, fails })

const edit: fc.Arbitrary<Command> = fc.oneof(
  { weight: 14, arbitrary: added },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('insert' as const), at: pick, kind, fails }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('edit' as const, 'touch', 'delete', 'rename', 'duplicate'),
      pick,
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('mend' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('break' as const), pick, fails: broken }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('checkout' as const), ago: fc.nat(5) }) },
  { weight: 4, arbitrary: fc.constant({ do: 'restore' } as const) },
)

const rarely = fc.oneof(
  { weight: 5, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) },
)

const asked: fc.Arbitrary<Asked> = fc.record(
  {
    rehearse: fc.boolean(),
    together: rarely,
    outOfOrder: fc.boolean(),
    scope: fc.record({ by: fc.constantFrom('to' as const, 'version'), pick }),
  },
  { requiredKeys: ['rehearse', 'together', 'outOfOrder'] },
)

const usual: fc.Arbitrary<Asked> = fc.oneof(
  { weight: 2, arbitrary: asked },
  {
    weight: 3,
    arbitrary: fc.record({
      rehearse: fc.boolean(),
      together: fc.constant(false),
      outOfOrder: fc.constant(true),
    }),
  },
)

/** A run has some dozen messages one way, and many more the other. */
const disturbance: fc.Arbitrary<Disturbance> = fc.oneof(
  fc.record({
    how: fc.constantFrom('cut' as const, 'cut', 'cut for good', 'abort', 'terminate'),
    side: fc.constant('frontend' as const),
    when: fc.constantFrom('before' as const, 'after'),
    k: fc.oneof(fc.nat(11), fc.nat(11), fc.nat(40)),
  }),
  fc.record({
    how: fc.constantFrom('cut' as const, 'cut', 'cut for good', 'abort'),
    side: fc.constant('backend' as const),
    when: fc.constantFrom('before' as const, 'half'),
    k: fc.oneof(fc.nat(60), fc.nat(250)),
  }),
)

const run: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('migrate' as const), asked: usual }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('disturbed' as const), asked: usual, by: disturbance }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('aborted' as const), asked: usual, event: fc.nat(25) }),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        do: fc.constant('together' as const),
        asked: usual,
        runs: fc.constantFrom(2, 3),
        by: disturbance,
      },
      { requiredKeys: ['do', 'asked', 'runs'] },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record(
      {
        do: fc.constant('read' as const),
        command: fc.constantFrom<Reading>(
          'status',
          'plan',
          'dry-run',
          'dry-run',
          'verify',
          'validate',
          'history',
        ),
        asked: usual,
        by: disturbance,
      },
      { requiredKeys: ['do', 'command', 'asked'] },
    ),
  },
)

/** A run whose process is killed at a message. Takes long. */
export const killedRun: fc.Arbitrary<Command> = fc.record({
  do: fc.constant('killed' as const),
  asked: usual,
  k: fc.oneof(fc.nat(8), fc.nat(8), fc.nat(30)),
})

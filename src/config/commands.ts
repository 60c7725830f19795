import type { Command, Inputs } from '../model/inputs.js'

/** One verb of the command line, which is also a value of the action's input `command`. */
export interface CommandSpec {
  readonly doc: string
  /** It needs a database, and so an environment. */
  readonly connects: boolean
  /** It works under the lock of a run. */
  readonly locks: boolean
  /** Unless it is a dry run it changes the target or its history, so a gate is asked. */
  readonly changes: boolean
  readonly entries: readonly Inputs['entry'][]
}

const BOTH = ['action', 'cli'] as const

/** Every command, once, in the order in which the help shows them. */
export const COMMANDS: Readonly<Record<Command, CommandSpec>> = {
  validate: {
    doc: 'Check the migration files; needs no database.',
    connects: false,
    locks: false,
    changes: false,
    entries: BOTH,
  },
  graph: {
    doc: 'Print the graph of what the migration files declare to need.',
    connects: false,
    locks: false,
    changes: false,
    entries: BOTH,
  },
  status: {
    doc: 'Show what is applied and what is pending.',
    connects: true,
    locks: false,
    changes: false,
    entries: BOTH,
  },
  plan: {
    doc: 'Show what would run, in order, with its hash; changes nothing.',
    connects: true,
    locks: false,
    changes: false,
    entries: BOTH,
  },
  'dry-run': {
    doc: 'Plan, then execute the pending migrations and roll them back.',
    connects: true,
    locks: true,
    changes: false,
    entries: BOTH,
  },
  migrate: {
    doc: 'Validate, plan, rehearse, apply and verify.',
    connects: true,
    locks: true,
    changes: true,
    entries: BOTH,
  },
  verify: {
    doc: 'Check that the database is what its history and the files say.',
    connects: true,
    locks: false,
    changes: false,
    entries: BOTH,
  },
  history: {
    doc: 'Show everything that was tried on the database.',
    connects: true,
    locks: false,
    changes: false,
    entries: BOTH,
  },
  rollback: {
    doc: 'Undo applied migrations by their down files.',
    connects: true,
    locks: true,
    changes: true,
    entries: BOTH,
  },
  repair: {
    doc: 'Correct the history, with a reason; runs no migration.',
    connects: true,
    locks: true,
    changes: true,
    entries: BOTH,
  },
  baseline: {
    doc: 'Record migrations as applied without running them.',
    connects: true,
    locks: true,
    changes: true,
    entries: BOTH,
  },
  adopt: {
    doc: 'Take over what another tool has recorded as applied.',
    connects: true,
    locks: true,
    changes: true,
    entries: BOTH,
  },
  backup: {
    doc: 'Back the database up, and prove it where that is asked.',
    connects: true,
    locks: true,
    changes: false,
    entries: BOTH,
  },
  restore: {
    doc: 'Restore a backup into a new or empty database.',
    connects: true,
    locks: true,
    changes: true,
    entries: BOTH,
  },
  new: {
    doc: 'Create a migration file with the next version.',
    connects: false,
    locks: false,
    changes: false,
    entries: ['cli'],
  },
  serve: {
    doc: 'Answer HTTP requests on this machine, for local work.',
    connects: true,
    locks: false,
    changes: false,
    entries: ['cli'],
  },
  setup: {
    doc: 'Put the command `devflow` on PATH for later steps.',
    connects: false,
    locks: false,
    changes: false,
    entries: ['action'],
  },
}

import type { Command, Inputs } from '../model/inputs.js'

/** One verb of the command line, which is also a value of the action's input `command`. */
export interface CommandSpec {
  readonly doc: string
  /** It needs a database, and so an environment. */
  readonly connects: boolean
  readonly entries: readonly Inputs['entry'][]
}

const BOTH = ['action', 'cli'] as const

/** Every command, once, in the order in which the help shows them. */
export const COMMANDS: Readonly<Record<Command, CommandSpec>> = {
  validate: { doc: 'Check the migration files; needs no database.', connects: false, entries: BOTH },
  graph: {
    doc: 'Print the graph of what the migration files declare to need.',
    connects: false,
    entries: BOTH,
  },
  status: { doc: 'Show what is applied and what is pending.', connects: true, entries: BOTH },
  plan: {
    doc: 'Show what would run, in order, with its hash; changes nothing.',
    connects: true,
    entries: BOTH,
  },
  'dry-run': {
    doc: 'Plan, then execute the pending migrations and roll them back.',
    connects: true,
    entries: BOTH,
  },
  migrate: { doc: 'Validate, plan, rehearse, apply and verify.', connects: true, entries: BOTH },
  verify: {
    doc: 'Check that the database is what its history and the files say.',
    connects: true,
    entries: BOTH,
  },
  history: { doc: 'Show everything that was tried on the database.', connects: true, entries: BOTH },
  setup: { doc: 'Put the command `devflow` on PATH for later steps.', connects: false, entries: ['action'] },
}

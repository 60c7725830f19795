import type { InputName } from '../model/inputs.js'
import type { InputSpec } from './input-spec.js'

type HistoryInput = Extract<
  InputName,
  | 'steps'
  | 'propose'
  | 'applied'
  | 'reverted'
  | 'accept-checksum'
  | 'clear'
  | 'reason'
  | 'verify'
  | 'round-trip'
>

/** Those of `inputs.ts` that are about going back, and about what the history says. */
export const HISTORY_INPUTS: Readonly<Record<HistoryInput, InputSpec>> = {
  steps: {
    flag: '--steps',
    kind: 'text',
    default: 'none',
    doc: 'How many of the newest applied migrations rollback undoes.',
    commands: ['rollback'],
  },
  propose: {
    flag: '--propose',
    kind: 'flag',
    default: '`false`',
    doc: 'Write a new migration that reverses what has no down part, to be read and completed; it is never run by itself.',
    commands: ['rollback'],
  },
  applied: {
    flag: '--applied',
    kind: 'text',
    default: 'none',
    doc: 'Versions that repair records as applied, with commas between them.',
    commands: ['repair'],
  },
  reverted: {
    flag: '--reverted',
    kind: 'text',
    default: 'none',
    doc: 'Applied versions that repair records as rolled back, so that they are pending again.',
    commands: ['repair'],
  },
  'accept-checksum': {
    flag: '--accept-checksum',
    kind: 'text',
    default: 'none',
    doc: 'Applied versions whose files repair takes as they are now.',
    commands: ['repair'],
  },
  clear: {
    flag: '--clear',
    kind: 'text',
    default: 'none',
    doc: 'Versions whose failed or unfinished record repair takes away.',
    commands: ['repair'],
  },
  reason: {
    flag: '--reason',
    kind: 'text',
    default: 'none; repair needs one',
    doc: 'Why it is corrected or undone; recorded with it.',
    commands: ['repair', 'baseline', 'rollback'],
  },
  verify: {
    flag: '--verify',
    kind: 'flag',
    default: '`false`',
    doc: 'Replay the files of a baseline on a shadow, and compare its schema with that of the database.',
    commands: ['baseline'],
  },
  'round-trip': {
    flag: '--round-trip',
    kind: 'flag',
    default: '`false`',
    doc: 'Run migrations up, down and up again on a shadow, and compare the schemas.',
    commands: ['verify'],
  },
}

import type { InputName } from '../model/inputs.js'
import { CHANGING, CONNECTING, PLANNING } from './command-groups.js'
import type { InputSpec } from './input-spec.js'
import { COMMENT_MODES } from './modes.js'

type GateInput = Extract<
  InputName,
  | 'expected-plan-hash'
  | 'plan-file'
  | 'confirm'
  | 'review-window'
  | 'github-token'
  | 'ephemeral'
  | 'comment'
  | 'move-target'
>

/** Those of `inputs.ts` that are about what lets a run through. */
export const GATE_INPUTS: Readonly<Record<GateInput, InputSpec>> = {
  'expected-plan-hash': {
    flag: '--expected-plan-hash',
    kind: 'text',
    default: 'whatever is pending',
    doc: 'The hash of the plan that was approved: anything else is refused.',
    commands: ['migrate', 'rollback', 'repair', 'baseline', 'adopt'],
  },
  'plan-file': {
    flag: '--plan-file',
    kind: 'path',
    default: 'none',
    doc: 'The file that plan and dry-run write the plan to; migrate applies that plan, or nothing.',
    commands: PLANNING,
  },
  confirm: {
    flag: '--confirm',
    kind: 'text',
    default: 'nothing',
    doc: 'MIGRATE-PRODUCTION, typed by a person, where the environment’s approval is a confirmation.',
    commands: CHANGING,
  },
  'review-window': {
    flag: '--review-window',
    kind: 'duration',
    default: 'the file’s `review-window`, else `0`',
    doc: 'How long to wait before applying or undoing, so that somebody can stop it.',
    commands: ['migrate', 'rollback'],
  },
  'github-token': {
    flag: '--github-token',
    kind: 'text',
    variable: 'GITHUB_TOKEN',
    default: 'none',
    doc: 'The token that approvals are read with, and the comment is written with.',
    commands: ['validate', 'plan', 'dry-run', ...CHANGING],
  },
  ephemeral: {
    flag: '--ephemeral',
    kind: 'flag',
    default: 'the file’s `ephemeral`, else `false`',
    doc: 'The database is thrown away with the job: it may be connected to whoever’s pull request runs.',
    commands: CONNECTING,
  },
  comment: {
    flag: '--comment',
    kind: 'choice',
    values: COMMENT_MODES,
    default: '`off`',
    doc: 'Tell of the run in a comment on the pull request: kept up to date, or made anew each time.',
    commands: ['validate', ...PLANNING],
  },
  'move-target': {
    flag: '--move-target',
    kind: 'text',
    default: 'nothing',
    doc: 'What a refusal printed, to say on purpose that a database now belongs to this environment, or is a copy.',
    commands: ['migrate'],
  },
}

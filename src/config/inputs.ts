import type { InputName } from '../model/inputs.js'
import { ADOPT_INPUTS } from './adopt-inputs.js'
import { BACKUP_INPUTS } from './backup-inputs.js'
import { ALL, CONNECTING, IN_ACTION, JUDGING, LOCKING, PLANNING, READING } from './command-groups.js'
import { GATE_INPUTS } from './gate-inputs.js'
import { HISTORY_INPUTS } from './history-inputs.js'
import type { InputSpec } from './input-spec.js'
import { GRAPH_FORMATS, REHEARSE_MODES, TRANSACTION_MODES } from './modes.js'
import { SCHEMA_DUMP_INPUT } from './schema-dump-input.js'

/**
 * Every input, once: the flags and the help of the command line, `action.yml` and the README's table are made from
 * this or tested against it. To add one: name it in `model/inputs.ts`, describe it here, read it in `make-config.ts`.
 */
export const INPUTS: Readonly<Record<InputName, InputSpec>> = {
  command: {
    kind: 'choice',
    values: IN_ACTION,
    default: '`migrate` in the action; on the command line one is named',
    doc: 'What to do.',
    commands: ALL,
  },
  environment: {
    flag: '--env',
    kind: 'text',
    variable: 'ENVIRONMENT',
    default: 'on the command line `NODE_ENV`, else `local`; the action needs one named for whatever connects',
    doc: 'The environment to work on.',
    commands: READING,
  },
  config: {
    flag: '--config',
    kind: 'path',
    default: '`devflow.yml` (or `devflow.yaml`) in the working directory, where there is one',
    doc: 'The configuration file.',
    commands: READING,
  },
  directory: {
    flag: '--directory',
    kind: 'path',
    default: 'the file’s `directory`, else `migrations`, else `supabase/migrations`',
    doc: 'The folder of the migration files.',
    commands: READING,
  },
  'working-directory': {
    flag: '--working-directory',
    kind: 'path',
    default: 'the workspace; on the command line the current folder',
    doc: 'The folder that all other relative paths start from.',
    commands: READING,
  },
  'database-url': {
    flag: '--database-url',
    kind: 'text',
    variable: 'DATABASE_URL',
    default: 'the variable that the environment’s `url_env` names',
    doc: 'The URL of the database: from a secret, better by its variable, because command lines can be seen by others.',
    commands: CONNECTING,
  },
  'dry-run': {
    flag: '--dry-run',
    kind: 'flag',
    variable: 'DRY_RUN',
    default: '`false`; a `true` from any source wins',
    doc: 'Plan and rehearse, apply nothing.',
    commands: LOCKING,
  },
  version: {
    flag: '--version',
    kind: 'text',
    default: 'every pending one',
    doc: 'Exactly this pending migration; refused while older ones are pending, unless out of order is allowed. For rollback exactly this applied one.',
    commands: [...PLANNING, 'rollback'],
  },
  to: {
    flag: '--to',
    kind: 'text',
    default: 'the newest',
    doc: 'Pending migrations up to and including this version. For rollback the version to go back to: what was applied after it is undone. For baseline the last that is recorded.',
    commands: [...PLANNING, 'rollback', 'baseline'],
  },
  'allow-out-of-order': {
    flag: '--allow-out-of-order',
    kind: 'flag',
    default: 'the file’s `allow_out_of_order`, else `false`; a `false` from any source wins',
    doc: 'Apply a pending file that sorts before an applied one.',
    commands: [...CONNECTING, 'validate'],
  },
  rehearse: {
    flag: '--rehearse',
    kind: 'choice',
    values: REHEARSE_MODES,
    default: 'the file’s `rehearse`, else `auto`; an `off` holds only where no source names anything else',
    doc: 'Where the pending migrations are tried before they are applied: on a shadow, thrown away; on the target, rolled back; not at all; or (auto) on a shadow for what is protected, else on the target.',
    commands: [...PLANNING, 'rollback'],
  },
  'shadow-url': {
    flag: '--shadow-url',
    kind: 'text',
    variable: 'SHADOW_DATABASE_URL',
    default: 'the variable that the environment’s `shadow_url_env` names',
    doc: 'The URL of a server to rehearse on, in a database of its own that is dropped afterwards: a service container.',
    commands: [...PLANNING, 'rollback', 'baseline', 'verify', 'backup'],
  },
  ...GATE_INPUTS,
  ...BACKUP_INPUTS,
  force: {
    flag: '--force',
    kind: 'flag',
    variable: 'FORCE_RUN',
    default: '`false`; a `false` from any source wins',
    doc: 'Let findings of level force not stop the run. What was forced is shown and recorded, with who ran it.',
    commands: [...JUDGING, 'rollback'],
  },
  'lock-wait': {
    flag: '--lock-wait',
    kind: 'duration',
    default: 'the file’s `lock-wait`, else `5m`',
    doc: 'How long to wait for another run on the same database to finish.',
    commands: LOCKING,
  },
  'lock-timeout': {
    flag: '--lock-timeout',
    kind: 'duration',
    default: 'the file’s `lock-timeout`, else `3s`',
    doc: 'How long one attempt waits for a table lock; a timeout is tried again within bounds.',
    commands: LOCKING,
  },
  'statement-timeout': {
    flag: '--statement-timeout',
    kind: 'duration',
    variable: 'TIMEOUT',
    default: 'the file’s `statement-timeout`, else `0`: no limit',
    doc: 'How long one statement may run. The variable is in seconds, without a unit.',
    commands: LOCKING,
  },
  'idle-in-transaction-session-timeout': {
    flag: '--idle-in-transaction-session-timeout',
    kind: 'duration',
    default: 'the file’s `idle-in-transaction-session-timeout`, else `0`: no limit',
    doc: 'How long the server keeps a transaction of ours open in which nothing runs.',
    commands: LOCKING,
  },
  'transaction-timeout': {
    flag: '--transaction-timeout',
    kind: 'duration',
    default: 'the file’s `transaction-timeout`, else `0`: no limit',
    doc: 'How long one transaction may take, on PostgreSQL 17 and newer.',
    commands: LOCKING,
  },
  transaction: {
    flag: '--transaction',
    kind: 'choice',
    values: TRANSACTION_MODES,
    default: 'the file’s `transaction`, else `file`',
    doc: 'One transaction for each file, one for all pending files, or none: each statement alone.',
    commands: [...PLANNING, 'rollback'],
  },
  'tls-ca': {
    flag: '--tls-ca',
    kind: 'path',
    default: 'the certificate authorities that Node trusts',
    doc: 'A PEM file of certificate authorities to trust for the database’s certificate.',
    commands: CONNECTING,
  },
  'log-file': {
    flag: '--log-file',
    kind: 'path',
    default: 'none',
    doc: 'A file that the log of the run is written to as well.',
    commands: READING,
  },
  'sarif-file': {
    flag: '--sarif-file',
    kind: 'path',
    default: 'none',
    doc: 'A file that the findings are written to as SARIF 2.1.0, for code scanning and editors.',
    commands: READING,
  },
  'junit-file': {
    flag: '--junit-file',
    kind: 'path',
    default: 'none',
    doc: 'A file that the findings are written to as JUnit XML.',
    commands: READING,
  },
  ...SCHEMA_DUMP_INPUT,
  since: {
    flag: '--since',
    kind: 'text',
    default: 'in the job of a pull request its base, else nothing',
    doc: 'Compare the files with this commit or branch: what it has must not change, and only what is new is judged.',
    commands: ['validate'],
  },
  all: {
    flag: '--all',
    kind: 'flag',
    default: '`false`',
    doc: 'Judge every file, not only what is new since the base.',
    commands: ['validate'],
  },
  format: {
    flag: '--format',
    kind: 'choice',
    values: GRAPH_FORMATS,
    default: '`mermaid`',
    doc: 'How the dependency graph is written.',
    commands: ['graph'],
  },
  ...HISTORY_INPUTS,
  ...ADOPT_INPUTS,
}

/** Flags that only the command line has. `devflow --version`, before `db`, prints the tool's version. */
export const CLI_FLAGS = {
  '--ci': 'Never ask; no colour; plain progress. The local PostgreSQL is not used.',
  '--fix': 'Write the safe rewrites of what validate finds into the files.',
  '--json': 'Print the report as JSON on standard output.',
  '--verbose': 'Show where each setting came from, and more detail.',
  '--help': 'Show the commands and flags.',
} as const

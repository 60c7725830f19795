import { z } from 'zod'
import { approvalSchema } from './approval-schema.js'
import { failureSchema, waitedForSchema } from './failure-schema.js'
import { findingSchema, suppressedSchema } from './finding-schema.js'
import { migrationFields } from './migration-schema.js'
import { operationSchema } from './operation-schema.js'
import { recordSchema, sideSchema } from './record-schema.js'
import { rehearsalFields } from './rehearsal-schema.js'

const count = z.int().min(0)
const target = z
  .strictObject({
    host: z.string(),
    port: z.int(),
    database: z.string(),
    user: z.string(),
    tls: z.enum([
      'verify-full',
      'off (private address)',
      'off (sslmode=disable)',
      'not verified (sslmode=no-verify)',
    ]),
    serverMajor: z.int(),
    serverVersion: z.string(),
  })
  .describe('The database, as found when connecting. Holds no password.')

const tracking = z
  .strictObject({
    schema: z.string(),
    table: z.string(),
    version: z
      .int()
      .nullable()
      .describe(
        'Version of the tables: 0 another runner’s, 1 and above ours, null where there are none yet.',
      ),
  })
  .describe('The tables that the history is kept in.')

const pending = z.strictObject({
  ...migrationFields,
  path: z
    .string()
    .describe('Path relative to the workspace, or to the folder that the command line was given.'),
  checksum: z.string().describe('`sha256:` over the text without byte-order mark, with LF.'),
  outOfOrder: z.boolean().describe('Sorts before something already applied.'),
  inThisRun: z.boolean().describe('False where `version` or `to` left it out.'),
})

const applied = z.strictObject({ ...migrationFields, durationMs: z.number().min(0) })

const outcome = z.strictObject({
  ...migrationFields,
  path: z.string(),
  state: z
    .enum(['not-run', 'applied', 'failed', 'partial', 'unknown'])
    .describe(
      '`failed` was rolled back, but for what the hint of its failure says is left; `partial` was not, and some of its statements are done.',
    ),
  mode: z.enum(['transaction', 'no-transaction']),
  atomicity: z
    .string()
    .nullable()
    .describe('What of a file outside a transaction was atomic and what was not.'),
  durationMs: z.number().min(0),
  attempts: count,
  blockers: waitedForSchema,
  failure: failureSchema.nullable(),
})

const drift = z.strictObject({
  kind: z
    .enum(['edited', 'deleted', 'renamed', 'replaced'])
    .describe('`replaced`: a file of another name and another text has the version.'),
  version: z.string(),
  recordedName: z.string(),
  name: z.string().nullable().describe('The file now; null where it is gone.'),
  path: z.string().nullable(),
  storedChecksum: z.string(),
  presentChecksum: z.string().nullable(),
})

const event = z.strictObject({
  seq: z.string().nullable().describe('Orders the rows; null in the tables of another runner.'),
  version: z.string().describe('Empty where it is about no migration.'),
  name: z.string().nullable(),
  checksum: z.string().nullable(),
  action: z.enum(['apply', 'rollback', 'repair', 'baseline', 'adopt', 'backup', 'move', 'anchor']),
  event: z.string().nullable(),
  executedAt: z.string(),
  executionTimeMs: z.number().nullable(),
  status: z.enum(['success', 'failed']),
  errorMessage: z.string().nullable(),
  detail: z.string().nullable().describe('What it tells that is no error.'),
  executedBy: z.string().nullable(),
  environment: z.string().nullable(),
  systemIdentifier: z.string().nullable().describe('Of the server that it was written on.'),
  runUrl: z.string().nullable(),
  runAttempt: z.int().nullable(),
  commitSha: z.string().nullable(),
  planHash: z.string().nullable(),
  toolVersion: z.string().nullable(),
  forced: z
    .string()
    .nullable()
    .describe('Rules whose findings did not stop it because they were forced, by `executedBy`.'),
  approver: z.string().nullable().describe('Who let it be applied.'),
  approvalKind: z
    .string()
    .nullable()
    .describe('What they let it by: `github-environment`, `comment`, `review`, `confirmation`.'),
  approvalComment: z.string().nullable(),
  prevHash: z.string().nullable().describe('Of the row before; null before the anchor of the chain.'),
  hash: z.string().nullable().describe('Of this row and `prevHash`; docs/database.md says over what.'),
})

const counts = z.strictObject({
  files: count.describe('Migration files in the folder.'),
  pending: count.describe('Not applied when the run ended.'),
  applied: count.describe('Applied by this run.'),
  completed: count.describe('Applied in all, by this run and by earlier ones.'),
  notRun: count.describe('Planned, but not reached because the run stopped.'),
  drift: count,
  findings: count,
  errors: count.describe('Findings of severity error.'),
  warnings: count,
  notices: count,
  suppressed: count.describe('Findings that somebody said to be fine. They are not among `findings`.'),
  forced: count.describe('Findings that FORCE_RUN let pass. They are among `findings` and `warnings`.'),
})

/** The shape of the JSON report. A field is never left out; what is not known is null or empty. */
export const reportSchema = z
  .strictObject({
    schemaVersion: z
      .literal(1)
      .describe('Grows when a field changes its meaning or goes. New fields may come at any time.'),
    command: z.enum([
      'validate',
      'graph',
      'status',
      'plan',
      'dry-run',
      'migrate',
      'verify',
      'history',
      'rollback',
      'repair',
      'baseline',
      'adopt',
      'backup',
      'restore',
      'new',
      'serve',
      'setup',
    ]),
    environment: z.string(),
    actor: z.string().nullable().describe('Who ran it; null where the set-up is wrong.'),
    dryRun: z.boolean(),
    status: z.enum([
      'valid',
      'invalid',
      'pending',
      'up-to-date',
      'planned',
      'rehearsed',
      'applied',
      'partial',
      'failed',
      'refused',
      'cancelled',
      'unknown',
    ]),
    exitCode: z
      .int()
      .min(0)
      .max(255)
      .describe('0 done or nothing to do, 1 failed, 2 the set-up is wrong, 128 + n ended by signal n.'),
    endedBy: z
      .string()
      .nullable()
      .describe('The signal that asked the run to end before it was done, such as `SIGTERM`.'),
    ready: z.boolean().describe('True only when history shows every file applied and nothing blocks.'),
    startedAt: z.string().describe('ISO 8601.'),
    durationMs: z.number().min(0),
    directory: z.string().describe('The migrations folder.'),
    target: target.nullable(),
    tracking: tracking.nullable(),
    planHash: z
      .string()
      .nullable()
      .describe('Hash of the plan: what would be run, where, on top of what and under which rules.'),
    approval: approvalSchema,
    backup: z
      .strictObject({ path: z.string(), sha256: z.string() })
      .nullable()
      .describe('The backup that this run took, on the machine that it ran on.'),
    currentVersion: z.string().nullable().describe('The newest applied version, in the order of the plan.'),
    failedVersion: z.string().nullable(),
    counts,
    pending: z.array(pending).describe('What is not applied when the run ended, in the order of the plan.'),
    applied: z.array(applied).describe('What this run applied, in order.'),
    records: z
      .array(recordSchema)
      .describe('Rows of the tracking table, in order of application, as last read.'),
    outcomes: z.array(outcome).describe('One for each planned migration of a run that applies.'),
    operation: operationSchema,
    ...rehearsalFields,
    sides: z
      .array(sideSchema)
      .nullable()
      .describe(
        'What our table and the Supabase CLI’s record, side by side; null where the two are not kept in step.',
      ),
    drift: z.array(drift).describe('Applied migrations whose file is no longer what was applied.'),
    findings: z.array(findingSchema).describe('What is wrong with files or target.'),
    suppressed: z.array(suppressedSchema).describe('What was found and said to be fine, with the reason.'),
    graph: z
      .strictObject({
        names: z.array(z.string()).describe('Of the migrations, in the order they are applied in.'),
        edges: z.array(
          z.strictObject({
            needed: z.int().min(0).describe('Index in `names` of what is needed.'),
            by: z.int().min(0).describe('Index in `names` of what needs it.'),
          }),
        ),
      })
      .nullable()
      .describe('Only for `graph`: what the migrations declare to need.'),
    events: z.array(event).describe('Only for `history`: what was tried on the target, newest first.'),
    problems: z
      .array(
        z.strictObject({
          message: z.string(),
          help: z.string().describe('The way out.'),
          lines: z.string().nullable().describe('Lines to add to a workflow, as they stand there.'),
        }),
      )
      .describe('What is wrong with the set-up, or what a gate refused.'),
    notes: z.array(z.string()).describe('Sentences worth knowing that are no findings.'),
  })
  .meta({
    title: 'devflow-migrate report',
    description: 'What `--json` prints and the output `report` points to.',
  })

/** The JSON report, version 1. */
export type ReportJson = z.infer<typeof reportSchema>

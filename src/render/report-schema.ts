import { z } from 'zod'
import { findingSchema, positionSchema as position, suppressedSchema } from './finding-schema.js'

const count = z.int().min(0)
const otherSession = z
  .strictObject({
    processId: z.int().min(0).describe('Its process on the server; 0 for a prepared transaction.'),
    user: z.string().nullable(),
    application: z.string().nullable().describe('The name it gave itself.'),
    address: z.string().nullable(),
    state: z
      .string()
      .nullable()
      .describe('Such as `active` or `idle in transaction`; null where the role may not see it.'),
    ageMs: z.number().min(0).nullable().describe('Since its query began, or since it is idle.'),
    query: z.string().nullable().describe('At most 200 characters; null where the role may not see it.'),
  })
  .describe('Another session of the database.')

const failure = z
  .strictObject({
    code: z.string().describe('SQLSTATE, or a word such as `connection-lost`.'),
    message: z.string().describe("The server's message."),
    hint: z.string().nullable().describe("The server's hint."),
    position: position.nullable().describe("The failing statement's place in the file."),
    excerpt: z.string().nullable().describe('The offending line and a caret under the column.'),
    statement: z.int().min(1).nullable().describe('Index of the failing statement in the file, from 1.'),
    blockers: z.array(otherSession).describe('Who held the lock that was not to be had.'),
  })
  .describe('What the database refused.')

const migration = {
  version: z.string().describe('As written in the file name.'),
  name: z.string().describe('Path relative to the migrations folder.'),
}

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
  ...migration,
  path: z
    .string()
    .describe('Path relative to the workspace, or to the folder that the command line was given.'),
  checksum: z.string().describe('`sha256:` over the text without byte-order mark, with LF.'),
  outOfOrder: z.boolean().describe('Sorts before something already applied.'),
  inThisRun: z.boolean().describe('False where `version` or `to` left it out.'),
})

const applied = z.strictObject({ ...migration, durationMs: z.number().min(0) })

const record = z.strictObject({
  ...migration,
  checksum: z.string().describe('As stored.'),
  status: z.enum(['pending', 'running', 'completed', 'failed', 'partial', 'unknown', 'rolled_back']),
  appliedAt: z.string().nullable().describe("ISO 8601, by the server's clock."),
  executionTimeMs: z.number().nullable(),
  appliedBy: z.string().nullable(),
  errorMessage: z.string().nullable(),
})

const outcome = z.strictObject({
  ...migration,
  path: z.string(),
  state: z
    .enum(['not-run', 'applied', 'failed', 'partial', 'unknown'])
    .describe('`failed` was rolled back; `partial` was not, and some of its statements are done.'),
  mode: z.enum(['transaction', 'no-transaction']),
  atomicity: z
    .string()
    .nullable()
    .describe('What of a file outside a transaction was atomic and what was not.'),
  durationMs: z.number().min(0),
  attempts: count,
  failure: failure.nullable(),
})

const rehearsed = z.strictObject({
  ...migration,
  path: z.string(),
  state: z.enum(['rehearsed', 'failed', 'partly-rehearsed', 'not-rehearsable', 'not-run']),
  durationMs: z.number().min(0),
  reason: z.string().nullable().describe('Why it is not, or only partly, rehearsed.'),
  failure: failure.nullable(),
})

const drift = z.strictObject({
  kind: z.enum(['edited', 'deleted', 'renamed']),
  version: z.string(),
  recordedName: z.string(),
  name: z.string().nullable().describe('The file now; null where it is gone.'),
  path: z.string().nullable(),
  storedChecksum: z.string(),
  presentChecksum: z.string().nullable(),
})

const event = z.strictObject({
  version: z.string(),
  action: z.enum(['apply', 'rollback']),
  event: z.string().nullable(),
  executedAt: z.string(),
  executionTimeMs: z.number().nullable(),
  status: z.enum(['success', 'failed']),
  errorMessage: z.string().nullable(),
  executedBy: z.string().nullable(),
  environment: z.string().nullable(),
  runUrl: z.string().nullable(),
  runAttempt: z.int().nullable(),
  commitSha: z.string().nullable(),
  planHash: z.string().nullable(),
  toolVersion: z.string().nullable(),
  forced: z
    .string()
    .nullable()
    .describe('Rules whose findings did not stop it because they were forced, by `executedBy`.'),
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
      .describe('Hash of the ordered migrations that were planned and their checksums.'),
    currentVersion: z.string().nullable().describe('The newest applied version, in the order of the plan.'),
    failedVersion: z.string().nullable(),
    counts,
    pending: z.array(pending).describe('What is not applied when the run ended, in the order of the plan.'),
    applied: z.array(applied).describe('What this run applied, in order.'),
    records: z.array(record).describe('Rows of the tracking table, in order of application, as last read.'),
    outcomes: z.array(outcome).describe('One for each planned migration of a run that applies.'),
    rehearsal: z.array(rehearsed).describe('One for each migration of the rehearsal.'),
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
      .array(z.strictObject({ message: z.string(), help: z.string().describe('The way out.') }))
      .describe('What is wrong with the set-up, or what a gate refused.'),
    notes: z.array(z.string()).describe('Sentences worth knowing that are no findings.'),
  })
  .meta({
    title: 'devflow-migrate report',
    description: 'What `--json` prints and the output `report` points to.',
  })

/** The JSON report, version 1. */
export type ReportJson = z.infer<typeof reportSchema>

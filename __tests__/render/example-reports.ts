import type { Report } from '../../src/model/report.js'
import {
  aChecksum,
  aDrift,
  aFailure,
  aFinding,
  aFix,
  aHistoryEvent,
  aMeasured,
  aNotRehearsed,
  anAppliedRecord,
  anOtherSession,
  anOutcome,
  aPlace,
  aPlan,
  aPlanned,
  aRehearsed,
  aReport,
  aRuleDoc,
  aRuleFinding,
  aSuppressedFinding,
} from '../support/builders.js'

const names = ['03_orders.sql', '04_index.sql', '05_policies.sql']

const sizes = [
  { relation: 'public.orders', bytes: 3_435_973_837, rows: 12_300_000 },
  { relation: 'public.orders_pkey', bytes: 276_000_000, rows: 12_300_000 },
  { relation: 'public.carts', bytes: 8192, rows: 0 },
]

/** Three files of which the second is the one to read. */
function rehearsedFiles() {
  return [
    aRehearsed({
      name: '03_orders.sql',
      measured: [
        aMeasured({
          text: 'create table invoices (id bigint primary key, order_id bigint)',
          created: [
            { type: 'table', name: 'public.invoices' },
            { type: 'index', name: 'public.invoices_pkey' },
          ],
        }),
        aMeasured({
          statement: 2,
          text: 'insert into carts select * from generate_series(1, 40)',
          locks: [{ relation: 'public.carts', modes: ['RowExclusive'] }],
          rows: [{ relation: 'public.carts', inserted: 40, updated: 0, deleted: 0 }],
          walBytes: 5100,
        }),
      ],
    }),
    aRehearsed({
      name: '04_index.sql',
      durationMs: 4210,
      measured: [
        aMeasured({
          text: 'alter table orders alter column total type bigint',
          durationMs: 4100,
          walBytes: 137_000_000,
          locks: [
            { relation: 'public.orders', modes: ['AccessExclusive', 'Share'] },
            { relation: 'public.orders_pkey', modes: ['AccessExclusive'] },
          ],
          rewritten: ['public.orders', 'public.orders_pkey'],
          scanned: ['public.orders'],
        }),
        aMeasured({
          statement: 2,
          text: 'drop type cart_state cascade',
          durationMs: 12,
          locks: [{ relation: 'public.carts', modes: ['AccessExclusive'] }],
          dropped: [
            { type: 'type', name: 'public.cart_state', cascaded: false },
            { type: 'table column', name: 'public.carts.state', cascaded: true },
            { type: 'view', name: 'public.open_carts', cascaded: true },
          ],
        }),
      ],
    }),
    aRehearsed({
      name: '05_policies.sql',
      state: 'partly-rehearsed',
      reason: 'One statement was not sent.',
      measured: [
        aMeasured({
          text: 'create trigger t before insert on carts execute function f()',
          locks: [{ relation: 'public.carts', modes: ['ShareRowExclusive'] }],
          created: [{ type: 'trigger', name: 't on public.carts' }],
        }),
      ],
      left: [aNotRehearsed()],
    }),
  ]
}

/** A file that does nothing to what was there before. */
function quietFile() {
  return aRehearsed({
    name: '06_seed.sql',
    measured: [
      aMeasured({
        text: 'insert into carts values (1)',
        locks: [{ relation: 'public.carts', modes: ['RowExclusive'] }],
        rows: [{ relation: 'public.carts', inserted: 1, updated: 0, deleted: 0 }],
      }),
    ],
  })
}

/** One report for each way a run can end, as the golden files show them. */
export const exampleReports: Readonly<Record<string, Report>> = {
  'up-to-date': aReport(),
  'rolled-back': aReport({
    command: 'rollback',
    status: 'applied',
    operation: {
      steps: [
        {
          what: 'undo 05_policies.sql',
          version: '05',
          name: '05_policies.sql',
          state: 'done',
          durationMs: 12,
        },
        {
          what: 'undo 04_index.sql',
          state: 'done',
          details: ['Rehearsed on a shadow before.'],
          durationMs: 5,
        },
      ],
      next: ['05 and 04 are pending again: `devflow db migrate --env staging` applies them.'],
    },
  }),
  'rollback-planned': aReport({
    command: 'rollback',
    status: 'planned',
    dryRun: true,
    operation: { steps: [{ what: 'undo 05_policies.sql', state: 'planned' }] },
  }),
  'rollback-failed': aReport({
    command: 'rollback',
    status: 'partial',
    exitCode: 1,
    ready: false,
    operation: {
      steps: [
        { what: 'undo 05_policies.sql', state: 'done', durationMs: 12 },
        { what: 'undo 04_index.sql', state: 'failed', failure: aFailure(), durationMs: 5 },
        { what: 'undo 03_orders.sql', state: 'not-run' },
      ],
      next: ['Mend the down file and run again.'],
    },
  }),
  applied: aReport({
    status: 'applied',
    plan: aPlan(names),
    rehearsal: names.map((name) => aRehearsed({ name })),
    outcomes: [
      anOutcome({ name: '03_orders.sql' }),
      anOutcome({ name: '04_index.sql', mode: 'no-transaction', durationMs: 61_500 }),
      anOutcome({ name: '05_policies.sql', durationMs: 1240 }),
    ],
    currentVersion: '05',
    notes: ['`secrets` is not used while the variable DATABASE_URL is set.'],
  }),
  failed: aReport({
    status: 'failed',
    exitCode: 1,
    ready: false,
    plan: aPlan(names),
    outcomes: [
      anOutcome({ name: '03_orders.sql' }),
      anOutcome({ name: '04_index.sql', state: 'failed', failure: aFailure() }),
      anOutcome({ name: '05_policies.sql', state: 'not-run', durationMs: 0, attempts: 0 }),
    ],
    currentVersion: '03',
  }),
  partial: aReport({
    status: 'partial',
    exitCode: 1,
    ready: false,
    plan: aPlan(['04_index.sql']),
    outcomes: [
      anOutcome({
        name: '04_index.sql',
        state: 'partial',
        mode: 'no-transaction',
        atomicity: 'Statement 1 (VACUUM) stood alone, statements 2 and 3 were one transaction.',
        failure: aFailure(),
      }),
    ],
  }),
  'partial-by-itself': aReport({
    status: 'partial',
    exitCode: 1,
    ready: false,
    plan: aPlan(['04_index.sql']),
    outcomes: [anOutcome({ name: '04_index.sql', state: 'partial', failure: aFailure() })],
  }),
  blocked: aReport({
    status: 'partial',
    exitCode: 1,
    ready: false,
    plan: aPlan(names),
    outcomes: [
      anOutcome({
        name: '03_orders.sql',
        mode: 'no-transaction',
        atomicity:
          'Statements 1 to 3 were one transaction, statement 4 (CREATE INDEX CONCURRENTLY) stood alone.',
      }),
      anOutcome({
        name: '04_index.sql',
        state: 'failed',
        durationMs: 41_000,
        attempts: 10,
        failure: withoutHint({
          code: '55P03',
          message: 'canceling statement due to lock timeout',
          blockers: [
            anOtherSession(),
            anOtherSession({
              processId: 0,
              user: 'bank',
              application: null,
              address: null,
              state: 'prepared transaction transfer 9',
              query: null,
            }),
          ],
        }),
      }),
      anOutcome({ name: '05_policies.sql', state: 'not-run', durationMs: 0, attempts: 0 }),
    ],
    currentVersion: '03',
  }),
  cancelled: aReport({
    status: 'cancelled',
    exitCode: 143,
    endedBy: 'SIGTERM',
    ready: false,
    plan: aPlan(names),
    outcomes: [
      anOutcome({ name: '03_orders.sql' }),
      anOutcome({
        name: '04_index.sql',
        state: 'failed',
        failure: withoutHint({
          code: '57014',
          message: 'canceling statement due to user request',
        }),
      }),
      anOutcome({ name: '05_policies.sql', state: 'not-run', durationMs: 0, attempts: 0 }),
    ],
    currentVersion: '03',
  }),
  drift: aReport({
    status: 'refused',
    exitCode: 1,
    ready: false,
    drift: [
      aDrift(),
      aDrift({
        kind: 'renamed',
        recordedName: '02_orders.sql',
        name: '02_order.sql',
        path: 'migrations/02_order.sql',
      }),
      deleted(),
    ],
  }),
  rehearsed: aReport({
    command: 'dry-run',
    dryRun: true,
    status: 'rehearsed',
    ready: false,
    plan: { ...aPlan(names), deferred: [aPlanned({ name: '06_later.sql' })] },
    rehearsal: rehearsedFiles(),
    rehearsedOn: aPlace(),
    sizes,
  }),
  'rehearsed-on-shadow': aReport({
    command: 'dry-run',
    environment: 'production',
    dryRun: true,
    status: 'rehearsed',
    ready: false,
    plan: aPlan([...names, '06_seed.sql']),
    rehearsal: [...rehearsedFiles(), quietFile()],
    rehearsedOn: aPlace({
      kind: 'shadow',
      where: 'on a PostgreSQL 18 that was started from `/usr/lib/postgresql/18/bin` for this run',
      schemaFrom: 'from pg_dump 18 of the target',
      limits: [
        'Its tables are empty: what fails only for rows that are there (`NOT NULL`, `CHECK`) does not show.',
      ],
    }),
    sizes,
    findings: [
      aFinding({
        rule: 'measured-drop',
        severity: 'warning',
        file: 'migrations/04_index.sql',
        position: { line: 2, column: 1, endLine: 2, endColumn: 28 },
        message: '`CASCADE` dropped the view `public.open_carts` and the column `public.carts.state`.',
        help: 'Drop them by name first, so that whoever reviews the file sees it.',
        measured: 'found',
      }),
      aRuleFinding({
        severity: 'notice',
        message: '`CREATE INDEX` on `carts` keeps writers out while it is built. Measured: nothing was read.',
        measured: 'refuted',
      }),
    ],
  }),
  'refused-by-rehearsal': aReport({
    environment: 'production',
    status: 'refused',
    exitCode: 1,
    ready: false,
    plan: aPlan(['04_index.sql']),
    rehearsal: rehearsedFiles().slice(1, 2),
    rehearsedOn: aPlace({
      kind: 'shadow',
      where: 'on the PostgreSQL 18 of `SHADOW_DATABASE_URL`',
      schemaFrom: 'by replaying 12 applied files',
    }),
    sizes,
    findings: [
      aFinding({
        rule: 'change-column-type',
        file: 'migrations/04_index.sql',
        position: { line: 1, column: 1, endLine: 1, endColumn: 49 },
        message:
          '`ALTER COLUMN total TYPE bigint` rewrites `public.orders`, 3.2 GB, under `ACCESS EXCLUSIVE`.',
        help: 'Add a column of the new type, copy in batches, and change over.',
        excerpt: 'alter table orders alter column total type bigint;\n^',
        measured: 'confirmed',
      }),
    ],
  }),
  'rehearsal-failed': aReport({
    status: 'failed',
    exitCode: 1,
    ready: false,
    plan: aPlan(names),
    rehearsedOn: aPlace(),
    rehearsal: [
      aRehearsed({ name: '03_orders.sql', measured: [aMeasured()] }),
      aRehearsed({ name: '04_index.sql', state: 'failed', failure: aFailure(), measured: [aMeasured()] }),
      aRehearsed({ name: '05_policies.sql', state: 'not-run', durationMs: 0 }),
    ],
  }),
  'not-rehearsed': aReport({
    command: 'plan',
    environment: 'production',
    status: 'planned',
    ready: false,
    plan: aPlan(names),
    notRehearsed: {
      why: 'production is protected, and there is no shadow to rehearse on',
      ways: [
        'Start a PostgreSQL as a service container, and give its URL as `shadow-url` or `SHADOW_DATABASE_URL`.',
        'Install the binaries of PostgreSQL 18 on the runner: `apt-get install postgresql-18`.',
        'Install PGlite in the project: `npm install --save-dev @electric-sql/pglite`.',
      ],
    },
  }),
  'not-rehearsable': aReport({
    command: 'dry-run',
    dryRun: true,
    status: 'rehearsed',
    ready: false,
    plan: aPlan(names),
    rehearsal: [
      aRehearsed({ name: '03_orders.sql' }),
      aRehearsed({
        name: '04_index.sql',
        state: 'not-rehearsable',
        durationMs: 0,
        reason: 'CREATE INDEX CONCURRENTLY can not run in a transaction.',
      }),
      aRehearsed({
        name: '05_policies.sql',
        state: 'partly-rehearsed',
        reason: 'Statement 2 needs the index of 04_index.sql.',
      }),
    ],
  }),
  invalid: aReport({
    command: 'validate',
    status: 'invalid',
    exitCode: 1,
    ready: false,
    findings: [
      aFinding({ excerpt: 'create tabel orders ();\n       ^' }),
      aFinding({
        severity: 'warning',
        rule: 'empty-folder',
        message: 'The folder is empty.',
        help: 'Add a file.',
      }),
    ],
    records: [],
  }),
  judged: aReport({
    command: 'validate',
    status: 'invalid',
    exitCode: 1,
    ready: false,
    actor: 'octocat',
    records: [],
    findings: [
      aRuleFinding(),
      aFinding({
        rule: 'drop-table',
        force: 'needed',
        position: { line: 9, column: 3, endLine: 9, endColumn: 20 },
        file: 'migrations/04_index.sql',
        message: '`DROP TABLE audit` deletes the table and its rows.',
        help: 'Stop using it first, and rename it for a while.',
        excerpt: '\t\tdrop table audit;\n\t\t^',
      }),
      aRuleFinding({
        file: 'migrations/05_policies.sql',
        position: { line: 12, column: 3, endLine: 14, endColumn: 9 },
        excerpt: '  alter table "日本"\n  ^',
        fix: aFix({ next: 'alter table "日本" validate constraint c;' }),
      }),
      aFinding({
        severity: 'warning',
        rule: 'truncate',
        force: 'used',
        message: '`TRUNCATE cart` empties it.',
      }),
      aFinding({ severity: 'notice', rule: 'insert-seed-data', file: 'migrations/06_seed.sql' }),
    ],
    suppressed: [aSuppressedFinding()],
    rules: [aRuleDoc(), aRuleDoc({ id: 'truncate', group: 'security' })],
  }),
  'wrong-set-up': withoutTarget({
    status: 'refused',
    exitCode: 2,
    ready: false,
    records: [],
    problems: [
      {
        message: 'Can not connect to db.example.com:5432: the host is not known.',
        help: 'Check the host of the variable DATABASE_URL.',
      },
      { message: 'The input lock-wait is "5".', help: 'Values need a unit: 5s, 5m.' },
    ],
  }),
  history: aReport({
    command: 'history',
    events: [
      aHistoryEvent({ version: '02', status: 'failed', errorMessage: 'relation "a" already exists' }),
      aHistoryEvent({
        event: 'refused',
        version: '',
        status: 'failed',
        executionTimeMs: null,
        runAttempt: 2,
        planHash: `v1:${aChecksum('plan')}`,
        errorMessage: 'The plan is not the one that was approved.',
      }),
      aHistoryEvent({
        event: 'applied',
        name: '01_users.sql',
        planHash: `v1:${aChecksum('plan')}`,
        approver: 'alice',
        approvalKind: 'github-environment',
        approvalComment: 'looks good',
        forced: 'drop-column',
      }),
      aHistoryEvent({ version: 'old', runUrl: null, commitSha: null, executedBy: null, environment: null }),
      aHistoryEvent({ event: 'anchor', action: 'anchor', version: '', executionTimeMs: null }),
    ],
  }),
  pending: aReport({
    command: 'status',
    status: 'pending',
    ready: false,
    plan: aPlan(['03_orders.sql']),
    records: Array.from({ length: 8 }, (_, index) => anAppliedRecord({ name: `0${index}_file.sql` })),
  }),
  hostile: aReport({
    status: 'failed',
    exitCode: 1,
    ready: false,
    plan: aPlan(['07_a|b`<script>@octocat.sql']),
    outcomes: [
      anOutcome({
        name: '07_a|b`<script>@octocat.sql',
        state: 'failed',
        failure: aFailure({
          message:
            '::set-output name=ready::true\n##[error]no | <b>bold</b> @octocat #1 https://evil.example',
          excerpt: '```\n</details>\n::error::x',
        }),
      }),
    ],
  }),
}

function deleted() {
  const {
    name: _,
    path: __,
    presentChecksum: ___,
    ...rest
  } = aDrift({ kind: 'deleted', recordedName: '00_gone.sql' })
  return rest
}

function withoutHint(overrides: Parameters<typeof aFailure>[0]) {
  const { hint: _, ...failure } = aFailure(overrides)
  return failure
}

function withoutTarget(overrides: Partial<Report>): Report {
  const { target: _, ...report } = aReport(overrides)
  return report
}

import type { Report } from '../../src/model/report.js'
import {
  aDrift,
  aFailure,
  aFinding,
  aFix,
  aHistoryEvent,
  anAppliedRecord,
  anOtherSession,
  anOutcome,
  aPlan,
  aPlanned,
  aRehearsed,
  aReport,
  aRuleDoc,
  aRuleFinding,
  aSuppressedFinding,
} from '../support/builders.js'

const names = ['03_orders.sql', '04_index.sql', '05_policies.sql']

/** One report for each way a run can end, as the golden files show them. */
export const exampleReports: Readonly<Record<string, Report>> = {
  'up-to-date': aReport(),
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
      anOutcome({ name: '04_index.sql', state: 'partial', mode: 'no-transaction', failure: aFailure() }),
    ],
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
      aHistoryEvent(),
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

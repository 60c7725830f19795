import { createHash } from 'node:crypto'
import type { Finding, Fix, SuppressedFinding } from '../../src/model/finding.js'
import type { AppliedRecord, HistoryEvent } from '../../src/model/history.js'
import type { Measured, NotRehearsed, RehearsalPlace } from '../../src/model/measured.js'
import type { MigrationFile } from '../../src/model/migration.js'
import type { Failure, Outcome, Rehearsed } from '../../src/model/outcome.js'
import type { Drift, Plan, PlannedMigration } from '../../src/model/plan.js'
import type { Report } from '../../src/model/report.js'
import type { RuleDoc } from '../../src/model/rule-doc.js'
import type { Target } from '../../src/model/target.js'
import type { OtherSession } from '../../src/model/watch.js'

/** `sha256:` of any text, so that builders never repeat a digest by hand. */
export function aChecksum(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

export function aMigration(overrides: Partial<MigrationFile> = {}): MigrationFile {
  const name = overrides.name ?? '01_users.sql'
  const text = overrides.text ?? 'create table users (id bigint primary key);\n'
  return {
    version: name.split('_')[0] ?? name,
    name,
    path: `migrations/${name}`,
    style: 'number',
    text,
    up: { start: 0, end: text.length },
    checksum: aChecksum(text),
    otherChecksums: [],
    directives: { noTransaction: false, timeouts: {} },
    dependsOn: [],
    ...overrides,
  }
}

/** A planned migration; overrides are those of its file. */
export function aPlanned(file: Partial<MigrationFile> = {}, outOfOrder = false): PlannedMigration {
  return { file: aMigration(file), outOfOrder }
}

export function aPlan(names: readonly string[], overrides: Partial<Plan> = {}): Plan {
  return {
    migrations: names.map((name) => aPlanned({ name })),
    deferred: [],
    hash: `v1:${aChecksum(names.join('\n'))}`,
    ...overrides,
  }
}

export function aFailure(overrides: Partial<Failure> = {}): Failure {
  return {
    code: '42P01',
    message: 'relation "orders" does not exist',
    hint: 'Perhaps you meant to reference the table "order".',
    position: { line: 3, column: 13, endLine: 3, endColumn: 18 },
    excerpt: 'alter table orders add column note text;\n            ^',
    statement: 2,
    ...overrides,
  }
}

export function anOtherSession(overrides: Partial<OtherSession> = {}): OtherSession {
  return {
    processId: 4711,
    user: 'app',
    application: 'psql',
    address: '10.0.0.3',
    state: 'idle in transaction',
    ageMs: 34_000,
    query: 'SELECT count(*) FROM orders',
    ...overrides,
  }
}

export function anOutcome(overrides: Partial<Outcome> = {}): Outcome {
  const name = overrides.name ?? '01_users.sql'
  return {
    version: name.split('_')[0] ?? name,
    name,
    path: `migrations/${name}`,
    state: 'applied',
    durationMs: 12,
    mode: 'transaction',
    attempts: 1,
    ...overrides,
  }
}

export function aRehearsed(overrides: Partial<Rehearsed> = {}): Rehearsed {
  const name = overrides.name ?? '01_users.sql'
  return {
    version: name.split('_')[0] ?? name,
    name,
    path: `migrations/${name}`,
    state: 'rehearsed',
    durationMs: 9,
    ...overrides,
  }
}

/** What a statement did that did nothing to what was there before. */
export function aMeasured(overrides: Partial<Measured> = {}): Measured {
  const statement = overrides.statement ?? 1
  return {
    statement,
    position: { line: statement, column: 1, endLine: statement, endColumn: 20 },
    text: 'create table users (id bigint primary key)',
    durationMs: 2,
    locks: [],
    rewritten: [],
    scanned: [],
    rows: [],
    created: [],
    dropped: [],
    heldBefore: [],
    ...overrides,
  }
}

export function aNotRehearsed(overrides: Partial<NotRehearsed> = {}): NotRehearsed {
  return {
    statement: 2,
    position: { line: 2, column: 1, endLine: 2, endColumn: 27 },
    text: "select nextval('order_ids')",
    reason: 'nextval() advances the sequence public.order_ids, which no rollback undoes',
    ...overrides,
  }
}

/** A rehearsal on the target itself. */
export function aPlace(overrides: Partial<RehearsalPlace> = {}): RehearsalPlace {
  return {
    kind: 'target',
    asked: 'auto',
    where: 'on the target, in one transaction that was rolled back',
    limits: [],
    ...overrides,
  }
}

export function anAppliedRecord(overrides: Partial<AppliedRecord> = {}): AppliedRecord {
  const name = overrides.name ?? '01_users.sql'
  return {
    version: name.split('_')[0] ?? name,
    name,
    checksum: aChecksum(name),
    status: 'completed',
    appliedAt: '2026-01-20T10:30:00.000Z',
    executionTimeMs: 14,
    appliedBy: 'octocat',
    errorMessage: null,
    ours: true,
    statementsDone: null,
    journal: null,
    ...overrides,
  }
}

export function aHistoryEvent(overrides: Partial<HistoryEvent> = {}): HistoryEvent {
  return {
    seq: '2',
    version: '01',
    name: null,
    checksum: null,
    action: 'apply',
    event: null,
    executedAt: '2026-01-20T10:30:00.000Z',
    executionTimeMs: 14,
    status: 'success',
    errorMessage: null,
    detail: null,
    executedBy: 'octocat',
    environment: 'staging',
    systemIdentifier: null,
    runUrl: 'https://github.com/acme/shop/actions/runs/42',
    runAttempt: 1,
    commitSha: '0123456789abcdef0123456789abcdef01234567',
    planHash: null,
    toolVersion: '0.1.0',
    forced: null,
    approver: null,
    approvalKind: null,
    approvalComment: null,
    prevHash: null,
    hash: null,
    ...overrides,
  }
}

export function aDrift(overrides: Partial<Drift> = {}): Drift {
  const recordedName = overrides.recordedName ?? '01_users.sql'
  return {
    kind: 'edited',
    version: recordedName.split('_')[0] ?? recordedName,
    recordedName,
    name: recordedName,
    path: `migrations/${recordedName}`,
    storedChecksum: aChecksum('as applied'),
    presentChecksum: aChecksum('as it is now'),
    ...overrides,
  }
}

export function aFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    rule: 'syntax-error',
    severity: 'error',
    file: 'migrations/02_orders.sql',
    position: { line: 4, column: 8, endLine: 4, endColumn: 12 },
    message: 'syntax error at or near "tabel".',
    help: 'Mend the statement; PostgreSQL could not read it.',
    ...overrides,
  }
}

export function aSuppressedFinding(overrides: Partial<SuppressedFinding> = {}): SuppressedFinding {
  return {
    ...aFinding({ rule: 'drop-table', severity: 'warning' }),
    reason: 'Empty since March.',
    ...overrides,
  }
}

/** A finding of a rule, with everything that a finding can have. */
export function aRuleFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    rule: 'create-index-not-concurrent',
    severity: 'warning',
    file: 'migrations/04_index.sql',
    position: { line: 3, column: 1, endLine: 3, endColumn: 31 },
    message: '`CREATE INDEX` on `orders` keeps writers out while it is built.',
    help: 'Build it with `CREATE INDEX CONCURRENTLY`.',
    excerpt: 'create index i on orders (total);\n^',
    why: 'Nothing can write to the table until the index is built.',
    fix: aFix(),
    ...overrides,
  }
}

export function aFix(overrides: Partial<Fix> = {}): Fix {
  return {
    title: 'Build the index concurrently',
    edits: [
      {
        span: { start: 40, end: 40 },
        position: { line: 3, column: 14, endLine: 3, endColumn: 14 },
        text: 'concurrently ',
      },
    ],
    preview: 'create index concurrently i on orders (total);',
    ...overrides,
  }
}

export function aRuleDoc(overrides: Partial<RuleDoc> = {}): RuleDoc {
  return {
    id: 'create-index-not-concurrent',
    group: 'locks',
    title: '`CREATE INDEX` without `CONCURRENTLY`',
    why: 'Nothing can write to the table until the index is built.',
    instead: '```sql\nCREATE INDEX CONCURRENTLY i ON orders (total);\n```',
    levels: { development: 'off', staging: 'warn', production: 'warn' },
    ...overrides,
  }
}

export function aTarget(overrides: Partial<Target> = {}): Target {
  return {
    host: 'db.example.com',
    port: 5432,
    database: 'app',
    user: 'deployer',
    tls: 'verify-full',
    serverMajor: 18,
    serverVersion: '18.4',
    tracking: { schema: 'devflow', table: 'schema_migrations', version: 1 },
    ...overrides,
  }
}

/** A report of a `migrate` on staging that had nothing to do. */
export function aReport(overrides: Partial<Report> = {}): Report {
  return {
    command: 'migrate',
    environment: 'staging',
    dryRun: false,
    status: 'up-to-date',
    exitCode: 0,
    ready: true,
    startedAt: '2026-01-21T17:00:00.000Z',
    durationMs: 1234,
    directory: 'migrations',
    fileCount: 2,
    target: aTarget(),
    records: [anAppliedRecord(), anAppliedRecord({ name: '02_orders.sql' })],
    events: [],
    drift: [],
    findings: [],
    suppressed: [],
    rules: [],
    rehearsal: [],
    sizes: [],
    outcomes: [],
    currentVersion: '02',
    problems: [],
    notes: [],
    ...overrides,
  }
}

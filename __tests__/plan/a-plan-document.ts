import type { AppliedRecord } from '../../src/model/history.js'
import type { MigrationFile } from '../../src/model/migration.js'
import type { ApprovalPolicy } from '../../src/model/permission.js'
import type { TransactionMode } from '../../src/model/plan.js'
import type { PlanDocument } from '../../src/model/plan-document.js'
import { makePlanDocument, type PlanFacts } from '../../src/plan/make-plan-document.js'
import { aMigration, anAppliedRecord } from '../support/builders.js'

/** A file as it would be run; `text` is what its checksum is of. */
export function aRunnable(
  file: Partial<MigrationFile> = {},
  mode: TransactionMode = 'transaction',
  forced?: readonly string[],
): PlanFacts['migrations'][number] {
  const name = file.name ?? '03_orders.sql'
  return { file: aMigration({ text: name, ...file, name }), mode, ...(forced ? { forced } : {}) }
}

export type FactOverrides = Partial<Omit<PlanFacts, 'config'>> & { config?: Partial<PlanFacts['config']> }

/** `01` and `02` are applied, `03` and `04` pending, in production. */
export function planFacts({ config, ...overrides }: FactOverrides = {}): PlanFacts {
  return {
    migrations: [aRunnable({ name: '03_orders.sql' }), aRunnable({ name: '04_index.sql' }, 'no-transaction')],
    records: [anAppliedRecord({ name: '01_users.sql' }), anAppliedRecord({ name: '02_books.sql' })],
    target: { host: 'db.example.com', port: 5432, database: 'shop', systemIdentifier: '7301234567890123456' },
    config: {
      environment: {
        name: 'production',
        class: 'production',
        requireApproval: true,
        urlVariable: 'DATABASE_URL',
      },
      transaction: 'file',
      allowOutOfOrder: false,
      judging: aJudging(),
      run: { actor: 'octocat', toolVersion: '0.1.0', runUrl: RUN },
      ...config,
    },
    approval: anApprovalPolicy(),
    plannedAt: '2026-01-21T17:00:00.000Z',
    ...overrides,
  }
}

export function anApprovalPolicy(overrides: Partial<ApprovalPolicy> = {}): ApprovalPolicy {
  return {
    kind: 'github-environment',
    githubEnvironment: 'production',
    selfApproval: 'refused',
    rerun: 'continue',
    ...overrides,
  }
}

export function aPlanDocument(overrides: FactOverrides = {}): PlanDocument {
  return makePlanDocument(planFacts(overrides))
}

type Judging = PlanFacts['config']['judging']

export function aJudging(overrides: Partial<Judging> = {}): Judging {
  return {
    class: 'production',
    levels: new Map(),
    excludes: new Map(),
    force: false,
    forced: new Set(),
    postgres: 15,
    apiSchemas: [],
    apiConfigured: false,
    bigTables: [],
    all: false,
    ...overrides,
  }
}

export const RUN = 'https://github.com/acme/shop/actions/runs/42'
export const OTHER_RUN = 'https://github.com/acme/shop/actions/runs/43'

/** The row of a file that was applied as it is. */
export function rowOf(
  { file }: PlanFacts['migrations'][number],
  overrides: Partial<AppliedRecord> = {},
): AppliedRecord {
  const { version, name, checksum } = file
  return anAppliedRecord({
    version,
    name,
    checksum,
    appliedAt: '2026-01-21T18:00:00.000Z',
    planHash: null,
    runUrl: OTHER_RUN,
    ...overrides,
  })
}

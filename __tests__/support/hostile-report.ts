import type { Operation } from '../../src/model/operation.js'
import type { Failure } from '../../src/model/outcome.js'
import type { Report } from '../../src/model/report.js'
import {
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
  aPlanned,
  aRehearsed,
  aReport,
  aRuleDoc,
  aSuppressedFinding,
  aTarget,
} from './builders.js'

/** A report that fills every outlet, with text from `next` wherever others' text can stand. */
export function aHostileReport(next: () => string, overrides: Partial<Report> = {}): Report {
  const file = () => ({ version: next(), name: next(), path: next() })
  const first = file()
  const second = file()
  const failure = () =>
    aFailure({ code: next(), message: next(), hint: next(), excerpt: next(), blockers: [blocker()] })
  const blocker = () =>
    anOtherSession({ user: next(), application: next(), address: next(), state: next(), query: next() })
  return aReport({
    status: 'failed',
    exitCode: 1,
    ready: false,
    environment: next(),
    directory: next(),
    target: aTarget({
      host: next(),
      database: next(),
      user: next(),
      serverVersion: next(),
      tracking: { schema: next(), table: next(), version: 1 },
    }),
    plan: { migrations: [aPlanned(first), aPlanned(second)], deferred: [aPlanned(file())], hash: next() },
    records: [
      anAppliedRecord({
        version: next(),
        name: next(),
        appliedAt: next(),
        appliedBy: next(),
        errorMessage: next(),
      }),
    ],
    events: [
      aHistoryEvent({ version: next(), executedBy: next(), errorMessage: next(), runUrl: next() }),
      aHistoryEvent({ event: next(), name: next(), environment: next(), detail: next(), planHash: next() }),
      aHistoryEvent({ approver: next(), approvalKind: next(), approvalComment: next(), commitSha: next() }),
    ],
    drift: [
      aDrift({ kind: 'renamed', recordedName: next(), name: next(), path: next(), storedChecksum: next() }),
      aDrift({ kind: 'deleted', version: next(), recordedName: next() }),
    ],
    findings: [
      aFinding({ rule: next(), file: next(), message: next(), help: next(), excerpt: next() }),
      aFinding({ severity: 'warning', file: next(), message: next(), measured: 'refuted' }),
      aFinding({
        severity: 'warning',
        force: 'used',
        why: next(),
        file: next(),
        message: next(),
        fix: aFix({ title: next(), preview: next(), next: next(), edits: [hostileEdit(next())] }),
      }),
    ],
    suppressed: [
      aSuppressedFinding({ rule: next(), file: next(), message: next(), excerpt: next(), reason: next() }),
    ],
    rules: [aRuleDoc({ id: next() })],
    actor: next(),
    rehearsal: [
      aRehearsed({ ...first, state: 'failed', failure: failure() }),
      aRehearsed({ ...second, state: 'not-rehearsable', reason: next(), ...hostileMeasures(next) }),
      aRehearsed({ ...file(), measured: [aMeasured({ text: next() })] }),
    ],
    rehearsedOn: aPlace({ where: next(), schemaFrom: next(), limits: [next(), next()] }),
    sizes: [{ relation: next(), bytes: 1, rows: null }],
    outcomes: [
      anOutcome({ ...first, state: 'failed', failure: failure() }),
      anOutcome({ ...second, state: 'not-run', atomicity: next() }),
    ],
    ...(overrides.command === 'rollback' ? { operation: hostileOperation(next, failure()) } : {}),
    problems: [{ message: next(), help: next() }],
    notes: [next()],
    ...overrides,
  })
}

function hostileOperation(next: () => string, failure: Failure): Operation {
  return {
    steps: [{ what: next(), version: next(), name: next(), state: 'failed', details: [next()], failure }],
    next: [next()],
    facts: { path: next(), bytes: 1 },
  }
}

/** What a statement did to relations and objects that others named. */
function hostileMeasures(next: () => string) {
  const table = next()
  const object = () => ({ type: next(), name: next() })
  const measured = aMeasured({
    text: next(),
    locks: [{ relation: table, modes: ['AccessExclusive'] }],
    rewritten: [table],
    scanned: [table, next()],
    rows: [{ relation: next(), inserted: 1, updated: 2, deleted: 3 }],
    created: [object()],
    dropped: [
      { ...object(), cascaded: false },
      { ...object(), cascaded: true },
    ],
    heldBefore: [{ relation: next(), since: 1 }],
    walBytes: 9000,
  })
  return { measured: [measured], left: [aNotRehearsed({ text: next(), reason: next() })] }
}

function hostileEdit(text: string) {
  return { span: { start: 1, end: 2 }, position: { line: 1, column: 2, endLine: 1, endColumn: 2 }, text }
}

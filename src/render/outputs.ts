import type { Report } from '../model/report.js'
import { makeReportJson } from './make-report-json.js'

export type OutputName =
  | 'ready'
  | 'status'
  | 'pending-count'
  | 'pending'
  | 'applied-count'
  | 'applied'
  | 'current-version'
  | 'failed-version'
  | 'drift-count'
  | 'findings-count'
  | 'plan-hash'
  | 'backup'
  | 'backup-sha256'
  | 'report'
  | 'duration-ms'

/** Every output of the action with the sentence that documents it. */
export const OUTPUTS: Readonly<Record<OutputName, string>> = {
  ready:
    '`true` only when the history shows every file applied and nothing blocks. What a deploy job gates on.',
  status:
    '`valid`, `invalid`, `pending`, `up-to-date`, `planned`, `rehearsed`, `applied`, `partial`, `failed`, `refused`, `cancelled` or `unknown`.',
  'pending-count': 'Number of migrations that are pending when the run ends.',
  pending: 'JSON array of the pending migrations, cut to a bounded length.',
  'applied-count': 'Number of migrations that this run applied.',
  applied: 'JSON array of the migrations that this run applied, cut to a bounded length.',
  'current-version': 'The newest applied version, in the order of the plan.',
  'failed-version': 'The version that failed in this run; empty when none did.',
  'drift-count': 'Number of applied migrations whose file was edited, deleted or renamed since.',
  'findings-count': 'Number of findings about files and target, of any severity.',
  'plan-hash':
    'Hash of the plan: what would be run, where, on top of what and under which rules, as `v1:sha256:…`. Empty when nothing was planned.',
  backup:
    'Path of the backup that this run took, on the runner; its manifest is beside it. Empty when none was taken.',
  'backup-sha256': 'SHA-256 of that backup, as 64 hexadecimal digits.',
  report: 'Path of the full report, a JSON file on the runner.',
  'duration-ms': 'Duration of the run in milliseconds.',
}

/** GitHub allows 1 MB of outputs in a job, counted in UTF-16: each list stays far below, in UTF-16 units. */
const listLimit = 32_768

/** All outputs, on every path; empty only where there is nothing to tell. `reportPath` is empty where none was written. */
export function makeOutputs(report: Report, reportPath: string): Record<OutputName, string> {
  const json = makeReportJson(report)
  return {
    ready: String(json.ready),
    status: json.status,
    'pending-count': String(json.counts.pending),
    pending: boundedJson(json.pending.map(({ version, name }) => ({ version, name }))),
    'applied-count': String(json.counts.applied),
    applied: boundedJson(json.applied.map(({ version, name }) => ({ version, name }))),
    'current-version': json.currentVersion ?? '',
    'failed-version': json.failedVersion ?? '',
    'drift-count': String(json.counts.drift),
    'findings-count': String(json.counts.findings),
    'plan-hash': json.planHash ?? '',
    backup: json.backup?.path ?? '',
    'backup-sha256': json.backup?.sha256 ?? '',
    report: reportPath,
    'duration-ms': String(Math.round(json.durationMs)),
  }
}

/** A JSON array of as many items from the front as fit; always valid JSON. The count beside it tells what is missing. */
function boundedJson(items: readonly unknown[]): string {
  const kept: string[] = []
  let length = 2
  for (const item of items) {
    const text = JSON.stringify(item)
    length += text.length + 1
    if (length > listLimit) break
    kept.push(text)
  }
  return `[${kept.join(',')}]`
}

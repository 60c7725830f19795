import type { BackupSettings } from '../model/backup.js'
import type { Operation, OperationStep } from '../model/operation.js'
import { backUp } from './back-up.js'
import type { BackupDone, BackupPart } from './backups/backup-done.js'
import type { Way } from './way.js'

/** Backs a target up, apart from any migration; or only records the point in time. */
export async function backup(run: Way): Promise<void> {
  const { config, gathered } = run
  const { mode } = config.backup
  const parts = partsOf(config.backup)
  let states = parts.map((): OperationStep['state'] => (config.dryRun ? 'planned' : 'not-run'))
  const show = (operation: Partial<Operation> = {}) => {
    gathered.operation = {
      steps: parts.map((part, index) => ({ what: whatOf(part, run), state: states[index] ?? 'not-run' })),
      ...operation,
    }
  }
  show()
  if (mode === 'touched') note(run, 'Without a rehearsal nothing tells what is touched: all is backed up.')
  if (config.dryRun) return
  const reached = (part: BackupPart) => {
    states = parts.map((_, index) => (index < parts.indexOf(part) ? 'done' : 'not-run'))
    show()
  }
  const done = await backUp(run, { mode: mode === 'marker' ? 'marker' : 'full' }, reached)
  if (done.kind === 'failed') reached(done.part)
  else states = parts.map(() => 'done')
  show(tell(run, done))
  if (done.kind === 'failed') failAt(run, parts.indexOf(done.part), done)
}

function partsOf({ mode, verify }: BackupSettings): BackupPart[] {
  if (mode === 'marker') return ['mark', 'record']
  return ['dump', ...(verify ? (['prove'] as const) : []), 'record', 'keep']
}

function whatOf(part: BackupPart, { config, known }: Way): string {
  const { directory, keep } = config.backup
  const words: Readonly<Record<BackupPart, string>> = {
    mark: `read the point in time of ${known.target.database}`,
    dump: `dump ${known.target.database} to ${directory}, and read the dump back to its end`,
    prove: 'restore it into a scratch database, and compare',
    record: 'record it in the history',
    keep: `delete what is older than the newest ${keep} of the same database`,
  }
  return words[part]
}

function note({ gathered }: Way, sentence: string): void {
  gathered.notes = [...(gathered.notes ?? []), sentence]
}

/** The help goes with the failure. */
function failAt({ gathered }: Way, at: number, { problem }: Extract<BackupDone, { kind: 'failed' }>): void {
  const { steps = [], ...rest } = gathered.operation ?? {}
  gathered.operation = {
    ...rest,
    steps: steps.map((step, index) =>
      index === at
        ? {
            ...step,
            state: 'failed',
            failure: { code: 'backup-failed', message: problem.message, hint: problem.help },
          }
        : step,
    ),
  }
}

function tell(run: Way, done: BackupDone): Partial<Operation> {
  if (done.kind === 'failed') return {}
  for (const sentence of done.notes) note(run, sentence)
  if (done.kind === 'marker')
    return { facts: { mode: 'marker', ...done.moment, id: run.config.backup.id ?? null } }
  const { path, manifest } = done.backup
  const { mode, kind, bytes, sha256, serverTime, lsn, timeline, verified } = manifest
  return {
    facts: { mode, path, format: kind, bytes, sha256, serverTime, lsn, timeline, verified },
    next: [
      'Copy it, with the .json file beside it, to where nobody may read it but who may read the database.',
      `To try it, run devflow db restore --file ${path} --create <a new name>.`,
    ],
  }
}

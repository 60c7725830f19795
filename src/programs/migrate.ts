import { relative } from 'node:path'
import { openLocalDatabase } from '../database/embedded/open-local-database.js'
import { makeDoor } from '../database/open-session.js'
import { decide } from '../gate/decide.js'
import { loadMigrations } from '../migrations/load-migrations.js'
import type { Config } from '../model/config.js'
import type { Report } from '../model/report.js'
import { UserError } from '../model/user-error.js'
import { prepareMigration } from '../plan/prepare-migration.js'
import type { Gathering } from '../report/gathered.js'
import { makeReport } from '../report/make-report.js'
import { openParser } from '../sql/open-parser.js'
import { limitNotices } from './limit-notices.js'
import { onTarget } from './on-target.js'
import type { System } from './system.js'

/**
 * The one sequence: validate ⊂ plan ⊂ dry-run ⊂ migrate. Each command stops where it has what it was asked for;
 * `status`, `verify` and `history` read the target and stop.
 * Never throws: what went wrong stands in the report beside what was done.
 */
export async function migrate(
  config: Config,
  { observe, ...rest }: System,
  startedAt: Date,
): Promise<Report> {
  const system: System = { ...rest, observe: limitNotices(observe) }
  const gathered: Gathering = {
    config,
    startedAt,
    directory: relative(config.base, config.directory) || '.',
  }
  system.observe({ kind: 'configured', config })
  try {
    await gather(config, system, gathered)
  } catch (error) {
    if (error instanceof UserError) gathered.problems = error.problems
    else gathered.bug = config.redact(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  return makeReport(gathered, system.now())
}

async function gather(config: Config, system: System, gathered: Gathering): Promise<void> {
  system.observe({ kind: 'stage', stage: 'validate' })
  const { files, findings } = await loadMigrations(config)
  gathered.files = files
  gathered.findings = findings
  if (config.command === 'validate') return validateAll(gathered)
  // Whatever the folder is, what was done to the target can be read.
  if (config.command !== 'history' && findings.some((finding) => finding.severity === 'error')) return
  gathered.refusals = decide(config)
  if (gathered.refusals.length > 0) return
  await using local = config.database === 'embedded' ? await openLocal(config, system) : undefined
  if (local) gathered.notes = [`Using the local PostgreSQL in ${local.folder}.`, ...local.notes]
  const url = local?.url ?? (config.database as { url: string }).url
  await onTarget(await makeDoor(url, config), config, system, gathered)
}

async function validateAll(gathered: Gathering): Promise<void> {
  const { files = [] } = gathered
  if (files.length === 0) return
  const parser = await openParser()
  const findings = files.flatMap((file) => prepareMigration(parser, file).findings)
  gathered.findings = [...(gathered.findings ?? []), ...findings]
}

function openLocal(config: Config, { observe }: System): ReturnType<typeof openLocalDatabase> {
  return openLocalDatabase(config.base, { onWait: (message) => observe({ kind: 'note', message }) })
}

import { relative } from 'node:path'
import { openLocalDatabase } from '../database/embedded/open-local-database.js'
import { makeDoor } from '../database/open-session.js'
import { decide } from '../gate/decide.js'
import { loadMigrations } from '../migrations/load-migrations.js'
import type { Config } from '../model/config.js'
import type { Report } from '../model/report.js'
import { UserError } from '../model/user-error.js'
import { prepareMigration } from '../plan/prepare-migration.js'
import { type Gathered, makeReport } from '../report/make-report.js'
import { openParser } from '../sql/open-parser.js'
import { onTarget } from './on-target.js'
import type { System } from './system.js'

/**
 * The one sequence: validate ⊂ plan ⊂ dry-run ⊂ migrate. Each command stops where it has what it was asked for;
 * `status`, `verify` and `history` read the target and stop.
 *
 * @throws UserError only before anything was found out; later a wrong set-up is part of the report
 */
export async function migrate(config: Config, system: System, startedAt: Date): Promise<Report> {
  const gathered: Mutable<Gathered> = {
    config,
    startedAt,
    directory: relative(config.base, config.directory) || '.',
  }
  system.observe({ kind: 'configured', config })
  try {
    await gather(config, system, gathered)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    gathered.problems = error.problems
  }
  return makeReport(gathered, system.now())
}

/** Filled step by step, so that a report of a half-done run tells what was done. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] }

async function gather(config: Config, system: System, gathered: Mutable<Gathered>): Promise<void> {
  system.observe({ kind: 'stage', stage: 'validate' })
  const { files, findings } = await loadMigrations(config)
  gathered.files = files
  gathered.findings = findings
  if (config.command === 'validate') return validateAll(gathered)
  // Whatever the folder is, what was done to the target can be read.
  if (config.command !== 'history' && findings.some((finding) => finding.severity === 'error')) return
  gathered.refusals = decide(config)
  if (gathered.refusals.length > 0) return
  await using local = config.database === 'embedded' ? await openLocalDatabase(config.base) : undefined
  if (local) gathered.notes = [`Using the local PostgreSQL in ${local.folder}.`]
  const url = local?.url ?? (config.database as { url: string }).url
  await onTarget(await makeDoor(url, config), config, system, gathered)
}

async function validateAll(gathered: Mutable<Gathered>): Promise<void> {
  const { files = [] } = gathered
  if (files.length === 0) return
  const parser = await openParser()
  const findings = files.flatMap((file) => prepareMigration(parser, file).findings)
  gathered.findings = [...(gathered.findings ?? []), ...findings]
}

import type { RunnableMigration } from '../model/plan.js'
import { versionKey } from '../model/version.js'
import { fillValues } from '../plan/fill-values.js'
import { prepareMigration } from '../plan/prepare-migration.js'
import { openParser } from '../sql/open-parser.js'
import type { Way } from './way.js'

/** Clauses: why what was applied can not be done again. */
export interface NotPrepared {
  readonly why: string
}

/** The files that history says are completed, in order and ready to be sent: what makes the schema of a target anew. */
export async function prepareApplied({
  config,
  gathered,
  known,
}: Pick<Way, 'config' | 'gathered' | 'known'>): Promise<readonly RunnableMigration[] | NotPrepared> {
  const completed = known.records.filter(({ status }) => status === 'completed')
  const applied = new Set(completed.map(({ version }) => versionKey(version)))
  const files = (gathered.files ?? []).filter(({ version }) => applied.has(versionKey(version)))
  const there = new Set(files.map(({ version }) => versionKey(version)))
  const missing = completed.find(({ version }) => !there.has(versionKey(version)))
  if (missing) return { why: `the file of ${missing.name}, which is applied, is not in the folder` }
  const parser = await openParser()
  const prepared = files.map((file) => prepareMigration(parser, file, known.target.tracking).runnable)
  const { migrations, values, problems } = fillValues(
    prepared,
    config.variableOf,
    config.environment.urlVariable,
  )
  config.hide(values)
  const [problem] = problems
  return problem ? { why: problem.message } : migrations
}

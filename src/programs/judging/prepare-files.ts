import type { MigrationFile } from '../../model/migration.js'
import type { RunnableMigration } from '../../model/plan.js'
import { fillValues } from '../../plan/fill-values.js'
import { prepareMigration } from '../../plan/prepare-migration.js'
import { openParser } from '../../sql/open-parser.js'
import type { Way } from '../way.js'

/** A clause: why files can not be run on a shadow. */
export interface NotPrepared {
  readonly why: string
}

/** Files read as SQL, with their values filled in, for a shadow. What stands against them was judged elsewhere. */
export async function prepareFiles(
  { config, known }: Pick<Way, 'config' | 'known'>,
  files: readonly MigrationFile[],
): Promise<readonly RunnableMigration[] | NotPrepared> {
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

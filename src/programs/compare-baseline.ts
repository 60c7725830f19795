import { readSchema } from '../database/schema/read-schema.js'
import { loadSchema } from '../database/shadows/load-schema.js'
import { openShadow } from '../database/shadows/open-shadow.js'
import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import type { SchemaObject } from '../model/schema.js'
import { compareSchemas } from '../plan/compare-schemas.js'
import { describeDifference } from '../plan/describe-difference.js'
import { withoutOwners } from '../plan/without-owners.js'
import { throwWhenLost } from './connecting/throw-when-lost.js'
import { prepareFiles } from './judging/prepare-files.js'
import { schemaWanted } from './rehearsing/schema-wanted.js'
import { shadowRequest } from './rehearsing/shadow-request.js'
import { noShadow } from './rehearsing/without-rehearsal.js'
import type { Way } from './way.js'

/** So many are told one by one. */
const MOST_FINDINGS = 20

/**
 * Runs the files of a baseline on a shadow, and compares what they make with what is there: by object, without rows and
 * owners.
 * Where they differ, or that can not be told, the baseline is refused.
 */
export async function compareBaseline(run: Way, files: readonly MigrationFile[]): Promise<void> {
  const { gathered, config } = run
  const made = await replay(run, files)
  const there = 'why' in made ? made : await readSchema(throwWhenLost(run.session), scopeOf(run))
  if ('why' in made || 'why' in there) {
    const { why } = 'why' in made ? made : (there as { readonly why: string })
    const message = `Whether the database is what the files of the baseline make can not be told: ${config.redact(why)}.`
    gathered.refusals = [...(gathered.refusals ?? []), { message, help: HELP_UNTOLD }]
    return
  }
  const changes = compareSchemas(withoutOwners(made), withoutOwners(there))
  const findings = changes.slice(0, MOST_FINDINGS).map(
    (change): Finding => ({
      rule: 'baseline-difference',
      severity: 'error',
      message: config.redact(describeDifference(change, WORDS)),
      help: HELP,
    }),
  )
  gathered.findings = [...(gathered.findings ?? []), ...findings]
  const { length } = changes
  if (length === 0)
    note(
      run,
      `The files of the baseline make what is in the database: ${made.length} objects were compared, on a shadow.`,
    )
  else
    gathered.refusals = [
      ...(gathered.refusals ?? []),
      {
        message: `The database is not what the files of the baseline make: ${length} ${length === 1 ? 'object differs' : 'objects differ'}.`,
        help: HELP,
      },
    ]
}

const WORDS = {
  added: 'is in the database, and the files do not make it',
  dropped: 'is made by the files, and is not in the database',
  changed: 'is otherwise in the database (is) than the files make it (was)',
}
const HELP =
  'Correct the files, choose another version for the baseline, or run it without verify if the difference is meant to be. database.schemas chooses what is compared.'
const HELP_UNTOLD =
  'See to it that the files can be replayed on an empty database, or run the baseline without verify.'

type Made = readonly SchemaObject[] | { readonly why: string }

async function replay(run: Way, files: readonly MigrationFile[]): Promise<Made> {
  const found = await openShadow(shadowRequest(run))
  if ('why' in found) return { why: noShadow(found.why).why }
  await using shadow = found
  const schema = await loadSchema(shadow, {
    ...schemaWanted(run, shadow.major),
    applied: async () => prepareFiles(run, files),
    onlyApplied: true,
  })
  if (schema.unusable !== undefined) return { why: schema.unusable }
  if (schema.lacks.length > 0) note(run, `The shadow lacks of the target: ${schema.lacks.join('; ')}.`)
  await using session = await shadow.openAsOwner(() => {})
  return await readSchema(session, scopeOf(run))
}

function scopeOf({ config, known }: Way) {
  return { tracking: known.target.tracking, schemas: config.schemas }
}

function note({ gathered, config }: Way, sentence: string): void {
  gathered.notes = [...(gathered.notes ?? []), config.redact(sentence)]
}

import { quoteIdentifier } from '../../../sql/identifier.js'
import type { Shadow } from '../shadow.js'
import { loadPrelude, STAND_INS, wantsPrelude } from './load-prelude.js'
import type { Refused } from './load-statements.js'
import { replayFiles } from './replay-files.js'
import type { Filled, SchemaSource } from './schema-source.js'
import { setAsTarget } from './set-as-target.js'
import type { SourceFacts } from './source-facts.js'

/** Fills a shadow by running the applied files again, or says why it can't, as a clause. */
export async function fillByReplay(
  shadow: Shadow,
  source: SchemaSource,
  facts: SourceFacts,
): Promise<Filled> {
  const files = await source.applied()
  if ('why' in files) return files
  const hasPrelude = wantsPrelude(source, facts)
  if (files.length === 0 && !hasPrelude) return whenNoneIs(facts)
  const refused = hasPrelude ? await standIn(shadow, facts) : []
  const limits = hasPrelude ? [STAND_INS] : []
  if (files.length === 0) return withStandIns(facts, { from: 'as Supabase makes it', refused, limits })
  const role = quoteIdentifier(facts.role)
  const needsMore =
    shadow.ownRole && facts.roles.some(({ name, superuser }) => name === facts.role && superuser)
  // They were approved and applied before: they run with what they had.
  if (needsMore) await asOwner(shadow, `ALTER ROLE ${role} SUPERUSER;`)
  const why = await run(shadow, source, files)
  if (needsMore) await asOwner(shadow, `ALTER ROLE ${role} NOSUPERUSER;`)
  if (why !== undefined) return { why }
  const count = `${files.length} applied ${files.length === 1 ? 'file' : 'files'}`
  return { from: `by replaying ${count}`, refused, limits: [...limits, OTHERS] }
}

/** With the target's settings: names of extensions are found by its search path. */
async function standIn(shadow: Shadow, facts: SourceFacts): Promise<Refused[]> {
  const refused = await loadPrelude(shadow, facts)
  await using session = await shadow.openAsOwner(() => {})
  await setAsTarget(session, facts)
  return refused
}

function withStandIns({ ownObjects }: SourceFacts, filled: Extract<Filled, { from: string }>): Filled {
  return ownObjects === 0
    ? filled
    : { why: `the target has ${ownObjects} objects that no applied file tells of` }
}

const OTHERS = 'What was made on the target by other hands than the applied files is not on the shadow.'

function whenNoneIs({ objects }: SourceFacts): Filled {
  return objects === 0
    ? { from: 'empty, as the target is', refused: [], limits: [] }
    : { why: `the target has ${objects} objects that no applied file tells of` }
}

async function asOwner(shadow: Shadow, sql: string): Promise<void> {
  await using session = await shadow.openAsOwner(() => {})
  const { error } = await session.send(sql)
  if (error) throw new Error(`the shadow refused its set-up: ${error.message}`)
}

async function run(
  shadow: Shadow,
  { settings, signal }: SchemaSource,
  files: Parameters<typeof replayFiles>[1],
): Promise<string | undefined> {
  await using session = await shadow.open(() => {})
  return await replayFiles(session, files, settings, signal)
}

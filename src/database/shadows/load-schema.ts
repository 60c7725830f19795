import { ConnectionError } from '../../model/connection-error.js'
import type { Failure } from '../../model/outcome.js'
import { dumpSchema } from './schema/dump-schema.js'
import { fillByReplay } from './schema/fill-by-replay.js'
import { wantsPrelude, withPreludeRoles } from './schema/load-prelude.js'
import { loadStatements, type Refused } from './schema/load-statements.js'
import { makeExcuse } from './schema/make-excuse.js'
import { roleStatements } from './schema/role-statements.js'
import type { Filled, SchemaSource } from './schema/schema-source.js'
import { setAsTarget } from './schema/set-as-target.js'
import { readSourceFacts, type SourceFacts } from './schema/source-facts.js'
import { namesLacking, tellLacks } from './schema/tell-lacks.js'
import type { Shadow } from './shadow.js'

/** What a shadow has of its target. */
export interface LoadedSchema {
  /** See `RehearsalPlace.schemaFrom`. */
  readonly schemaFrom: string
  /** What is known not to be there, as clauses. */
  readonly lacks: readonly string[]
  /** The target has tables, whose rows are not there. */
  readonly lacksRows: boolean
  /** What can't be told for it, each a sentence. */
  readonly limits: readonly string[]
  /** Nothing can be rehearsed on it, and why, as a clause. */
  readonly unusable?: string
  /** Why an error on the shadow says nothing about the file, as a clause; undefined where it does. */
  readonly excuse: (failure: Pick<Failure, 'code' | 'message'>) => string | undefined
}

/**
 * Gives a new shadow the target's roles, schema and settings, without rows: from `pg_dump`, else by running the applied
 * files again. Reads the target and changes nothing there.
 *
 * @throws ConnectionError where one of the sessions throws it, because its connection was lost
 */
export async function loadSchema(shadow: Shadow, source: SchemaSource): Promise<LoadedSchema> {
  try {
    const read = await readSourceFacts(source.session)
    const facts = wantsPrelude(source, read) ? withPreludeRoles(read) : read
    await shadow.rename(facts)
    const roles = await makeRoles(shadow, facts)
    const filled = await fill(shadow, source, facts)
    await finish(shadow, facts)
    return tell(shadow, source, facts, filled, roles)
  } catch (error) {
    if (!(error instanceof Error) || error instanceof ConnectionError) throw error
    return unusable(source.access.redact(error.message))
  }
}

async function makeRoles(shadow: Shadow, facts: SourceFacts): Promise<Refused[]> {
  await using session = await shadow.openAsOwner(() => {})
  if (!facts.hasPublic) await session.send('DROP SCHEMA public;')
  const { results } = await session.send('SELECT rolname FROM pg_catalog.pg_roles;')
  const present = new Set(results.at(-1)?.rows.flatMap(([name]) => name ?? []))
  const refused = await loadStatements(session, roleStatements(facts, present, shadow))
  return refused.filter(({ sql }) => sql.startsWith('CREATE ROLE'))
}

/** Both reasons where neither goes. */
async function fill(shadow: Shadow, source: SchemaSource, facts: SourceFacts): Promise<Filled> {
  if (source.onlyApplied) return fillByReplay(shadow, source, facts)
  const dumped = await dumpSchema(shadow, source, facts)
  if ('from' in dumped) return dumped
  const replayed = await fillByReplay(shadow, source, facts)
  if ('why' in replayed) return { why: `${dumped.why}, and ${replayed.why}` }
  // Nothing is missing of an empty target.
  if (replayed.limits.length === 0) return replayed
  return { ...replayed, limits: [...replayed.limits, `The target's schema was not dumped: ${dumped.why}.`] }
}

async function finish(shadow: Shadow, facts: SourceFacts): Promise<void> {
  await using session = await shadow.openAsOwner(() => {})
  await setAsTarget(session, facts)
}

function tell(
  shadow: Shadow,
  source: SchemaSource,
  facts: SourceFacts,
  filled: Filled,
  roles: readonly Refused[],
): LoadedSchema {
  if ('why' in filled) return unusable(filled.why)
  const refused = [...roles, ...filled.refused, ...notTaken(facts)]
  const lacks = tellLacks(refused)
  const isSuperuser = facts.roles.some(({ name, superuser }) => name === facts.role && superuser)
  const lostSuperuser = isSuperuser && shadow.ownRole
  return {
    schemaFrom: filled.from,
    lacks,
    lacksRows: facts.objects > 0,
    limits: [...filled.limits, ...tellLimits(shadow, lacks, lostSuperuser)],
    excuse: makeExcuse({
      major: shadow.major,
      targetMajor: source.target.serverMajor,
      lostSuperuser,
      otherName: !shadow.ownRole,
      lacking: withPlatform(namesLacking(refused), source, filled, facts),
    }),
  }
}

/** The stand-ins are fewer than what they stand for. */
function withPlatform(
  lacking: ReadonlySet<string> | undefined,
  source: SchemaSource,
  { from }: Extract<Filled, { from: string }>,
  facts: SourceFacts,
): ReadonlySet<string> | undefined {
  const stands = !from.includes('pg_dump') && wantsPrelude(source, facts)
  return lacking && stands ? new Set([...lacking, ...facts.platform]) : lacking
}

/** What is not asked of the target, or not made on the shadow, in the form of what was refused. */
function notTaken({ tablespaces, unreadable, role }: SourceFacts): Refused[] {
  const told = (sql: string, message: string) => ({ sql, code: '', message })
  return [
    ...tablespaces.map((name) => told(`CREATE TABLESPACE ${name}`, 'it is a folder of the target')),
    ...unreadable.map(({ schema, name }) =>
      told(`CREATE TABLE ${schema}.${name}`, `the role ${role} may not read it`),
    ),
  ]
}

function tellLimits(shadow: Shadow, lacks: readonly string[], lostSuperuser: boolean): string[] {
  return [
    ...(lacks.length > 0 ? [`The shadow lacks of the target: ${lacks.join('; ')}.`] : []),
    ...(lostSuperuser ? ['Files run on it as a role that is no superuser, unlike on the target.'] : []),
    ...(shadow.isShared ? ['Files run on it with the rights of the role in its own URL.'] : []),
    ...(shadow.singleConnection ? ['It keeps its own search_path and time zone.'] : []),
  ]
}

function unusable(why: string): LoadedSchema {
  return {
    schemaFrom: 'from nowhere',
    lacks: [],
    lacksRows: false,
    limits: [],
    unusable: why,
    excuse: () => undefined,
  }
}

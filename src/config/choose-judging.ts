import type { EnvironmentClass } from '../model/environment-class.js'
import type { Judging, Level } from '../model/judging.js'
import { RULE_IDS, type RuleId } from '../model/rule-ids.js'
import { type ChosenEnvironment, classOf } from './choose-environment.js'
import { chooseSafest } from './choose-safest.js'
import { chooseSince } from './choose-since.js'
import { findLowered } from './find-lowered.js'
import { given, variable } from './given.js'
import { readBoolean } from './read-boolean.js'
import type { Sources } from './sources.js'

/**
 * How the files are judged: for the class of the environment that is named, and else for production, where they will run.
 * What the file says of one environment wins over what it says of all.
 *
 * @param directory the absolute migrations folder
 */
export async function chooseJudging(
  chosen: ChosenEnvironment,
  directory: string,
  sources: Sources,
): Promise<Judging> {
  const { file, inputs, ledger, command } = sources
  const database = file?.document.database
  const named = chosen.named || sources.connects
  const ofClass = named ? chosen.environment.class : 'production'
  if (!named && command === 'validate') ledger.notes.push(UNNAMED)
  if (file !== undefined) ledger.problems.push(...findLowered(file, classOf))
  const since = await chooseSince(sources)
  return {
    class: ofClass,
    levels: new Map(RULE_IDS.flatMap((id) => levelOf(id, ofClass, named ? chosen : undefined, sources))),
    excludes: new Map(RULE_IDS.flatMap((id) => excludeOf(id, sources))),
    force: chooseForce(sources),
    forced: new Set(named ? chosen.settings.force : []),
    postgres: Number(database?.['postgres-version'] ?? OLDEST),
    apiSchemas: database?.['api-schemas'] ?? (isSupabase(directory, sources) ? ['public'] : []),
    apiConfigured: database?.['api-schemas'] !== undefined,
    bigTables: database?.['big-tables'] ?? [],
    all: readBoolean(given(inputs, 'all'), ledger)?.value ?? false,
    ...(since ? { since } : {}),
  }
}

const UNNAMED =
  'No environment is named, so the files are judged for class production, where they will run in the end.'

/** The strictest for what the rules know. */
const OLDEST = 15

type RuleLevel = readonly [RuleId, Level]

function levelOf(
  id: RuleId,
  ofClass: EnvironmentClass,
  chosen: ChosenEnvironment | undefined,
  { file }: Sources,
): RuleLevel[] {
  const here = chosen?.settings.rules?.[id]
  const everywhere = file?.document.database?.rules?.[id]
  const general = typeof everywhere === 'string' ? everywhere : (everywhere?.[ofClass] ?? everywhere?.level)
  const level = here ?? general
  return level === undefined ? [] : [[id, level]]
}

function excludeOf(id: RuleId, { file }: Sources): (readonly [RuleId, readonly string[]])[] {
  const settings = file?.document.database?.rules?.[id]
  return typeof settings === 'object' && settings.exclude ? [[id, settings.exclude]] : []
}

/** To force is the less safe wish, so it holds only where no source says no. */
function chooseForce({ inputs, ledger }: Sources): boolean {
  const said = [given(inputs, 'force'), variable(inputs, 'FORCE_RUN')]
  return chooseSafest(
    'force',
    said.map((one) => readBoolean(one, ledger)),
    false,
    ledger,
  )
}

function isSupabase(directory: string, { file }: Sources): boolean {
  const settings = file?.document.database?.migrations
  return (
    settings?.format === 'supabase' ||
    settings?.use_supabase_cli === true ||
    /(?:^|[\\/])supabase[\\/]migrations[\\/]?$/.test(directory)
  )
}

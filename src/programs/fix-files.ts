import { findInTheWay, type InTheWay, type Moved } from '../migrations/find-in-the-way.js'
import { findNewest } from '../migrations/find-newest.js'
import { makeCandidate } from '../migrations/make-candidate.js'
import { parseName } from '../migrations/parse-name.js'
import { type FixPlan, type Newest, planFixes } from '../migrations/plan-fixes.js'
import { type Writing, writeFixes } from '../migrations/write-fixes.js'
import type { Config } from '../model/config.js'
import type { Finding, Fix } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import { prepareMigration } from '../plan/prepare-migration.js'
import type { Gathering } from '../report/gathered.js'
import { namedRelations } from '../sql/named-relations.js'
import { openParser, type Parser } from '../sql/open-parser.js'

/**
 * Writes the safe rewrites of what was found into the files, and what has to run later into new ones at the end. Files
 * that the base has, or all where no base is known, may be applied already: they stay as they are, unless everything is
 * asked for, and so does what a later file stands in the way of. What was done is told in the notes.
 *
 * @returns whether anything was written, so that it is judged again
 */
export async function fixFiles(
  config: Pick<Config, 'directory' | 'judging'>,
  gathered: Gathering,
  now: Date,
): Promise<boolean> {
  const { files = [], findings = [], added } = gathered
  const open = new Set(config.judging.all ? files : added)
  const parser = await openParser()
  const told: string[] = []
  const all = fixesByFile(files, findings)
  const inTheWay = findInTheWay(files, movedBy(all, parser))
  let newest: Newest | undefined = findNewest(files)
  let written = false
  for (const [file, found] of all) {
    const fixes = found.filter((fix) => !inTheWay.has(fix))
    if (open.has(file)) told.push(...tellInTheWay(file, found, inTheWay))
    if (fixes.length === 0 && open.has(file)) continue
    const plan = open.has(file) ? planFixes(file, fixes, newest ?? file, now) : undefined
    const refusal = plan ? await write(config.directory, plan, file, parser) : whyLeft(added !== undefined)
    told.push(
      ...(plan && refusal === undefined ? tellPlan(plan) : [`${file.name} is left as it is: ${refusal}.`]),
    )
    if (refusal !== undefined) continue
    written = true
    newest = last(plan?.added, file) ?? newest
  }
  gathered.notes = [...(gathered.notes ?? []), ...(told.length > 0 ? told : [NOTHING])]
  return written
}

const NOTHING = 'There is nothing that --fix could rewrite.'

function fixesByFile(
  files: readonly MigrationFile[],
  findings: readonly Finding[],
): Map<MigrationFile, readonly Fix[]> {
  const found = new Map<string | undefined, Fix[]>()
  for (const { file, fix } of findings) {
    const fixes = found.get(file) ?? []
    if (fix) fixes.push(fix)
    found.set(file, fixes)
  }
  return new Map(
    files.flatMap((file) => {
      const fixes = found.get(file.path)
      return fixes?.length ? [[file, fixes]] : []
    }),
  )
}

/** What has no edits was found in the state after the last file, and adds to it. */
function movedBy(
  all: ReadonlyMap<MigrationFile, readonly Fix[]>,
  parser: Parser,
): Map<MigrationFile, readonly Moved[]> {
  const moved = [...all].map(([file, fixes]) => {
    const later = fixes.filter(({ next, edits }) => next !== undefined && edits.length > 0)
    return [file, later.map((fix) => ({ fix, names: namesIn(fix.next ?? '', parser) }))] as const
  })
  return new Map(moved)
}

function namesIn(sql: string, parser: Parser): string[] {
  const parsed = parser.parse(sql)
  return parsed.kind === 'statements' ? parsed.statements.flatMap(namedRelations) : []
}

function tellInTheWay(
  { name: file }: MigrationFile,
  fixes: readonly Fix[],
  inTheWay: ReadonlyMap<Fix, InTheWay>,
): string[] {
  return fixes.flatMap((fix) => {
    const found = inTheWay.get(fix)
    if (!found) return []
    return `${file}: ${lowerFirst(fix.title)} is left to you, because what has to run later would come after ${found.place}, which names ${found.name}.`
  })
}

function last(added: readonly Writing[] | undefined, { style }: MigrationFile): Newest | undefined {
  const name = added?.at(-1)?.name
  return name === undefined ? undefined : { name, style }
}

function whyLeft(isKnown: boolean): string {
  return isKnown
    ? 'the base has it, so it may be applied already; --all fixes it all the same'
    : 'which files are new is not known, and an old one may be applied already. Give --since, such as --since origin/main, or --all'
}

async function write(
  directory: string,
  plan: FixPlan,
  file: MigrationFile,
  parser: Parser,
): Promise<string | undefined> {
  const broken = [{ ...plan.changed, path: file.path }, ...plan.added].find(
    (one) => !isSound(one, file, parser),
  )
  return broken ? `with its fixes, ${broken.name} would not be sound` : writeFixes(directory, plan)
}

/** Each fix is right; together they might still be no SQL. */
function isSound({ name, text }: Writing, { style, directives }: MigrationFile, parser: Parser): boolean {
  const parsed = parseName(name)
  if (parsed.kind !== 'up') return false
  const named = { name, path: name, version: parsed.version, style }
  const { candidate } = makeCandidate(named, Buffer.from(text))
  if (candidate === undefined) return false
  // Variables that the configuration declares are known for every file.
  const { substitute = [] } = directives
  const file = { ...candidate.file, directives: { ...candidate.file.directives, substitute } }
  const { findings } = prepareMigration(parser, file)
  return findings.every(({ severity }) => severity !== 'error')
}

function tellPlan({ changed, added, applied, left }: FixPlan): string[] {
  const titles = [...new Set(applied.map(({ title }) => title))]
  return [
    `${changed.name} was rewritten: ${titles.map(lowerFirst).join('; ')}.`,
    ...added.map(({ name }) => `${name} is new: it holds what has to run after ${changed.name}.`),
    ...(left.length > 0 ? [tellLeft(changed.name, left)] : []),
  ]
}

function tellLeft(name: string, left: readonly Fix[]): string {
  return `${name}: ${left.map(({ title }) => lowerFirst(title)).join('; ')} touches what another fix changes. Run it again.`
}

function lowerFirst(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1)
}

import type { Measured, RehearsalPlace } from '../../model/measured.js'
import type { Rehearsed } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import { openParser, type Parser } from '../../sql/open-parser.js'
import { spanOf } from '../../sql/position.js'
import { readBodies } from '../../sql/read-bodies.js'
import { type Dependence, dataDependence } from './data-dependence.js'
import { tellList } from './words.js'

/**
 * What a shadow, whose tables have no rows, can't tell of these files, as one sentence. Undefined where nothing depends
 * on rows that are there already, and on a target, which has them.
 */
export async function blindSpots(
  rehearsal: readonly Rehearsed[],
  migrations: readonly RunnableMigration[],
  { kind }: Pick<RehearsalPlace, 'kind'>,
): Promise<string | undefined> {
  if (kind === 'target') return undefined
  const parser = await openParser()
  const byPath = new Map(migrations.map((migration) => [migration.file.path, migration]))
  const found = new Set<Dependence>()
  for (const { path, measured = [] } of rehearsal) {
    const { text } = byPath.get(path) ?? {}
    if (text === undefined) continue
    for (const one of onOldRelations(measured))
      for (const each of read(parser, text, one)) if (found.size < TOLD.size) found.add(each)
  }
  const told = [...TOLD].flatMap(([each, words]) => (found.has(each) ? words : []))
  return told.length === 0
    ? undefined
    : `The tables of the shadow have no rows, so what depends on those of the target does not show: ${tellList(told, TOLD.size)}.`
}

/** In the order they are told, with the SQLSTATEs that they fail with. */
const TOLD: ReadonlyMap<Dependence, string> = new Map([
  ['not-null', 'NULL in a column that becomes NOT NULL (23502)'],
  ['unique', 'two rows alike under a new unique index (23505)'],
  ['check', 'a row that a CHECK or a partition does not take (23514)'],
  ['foreign-key', 'a row without the one it refers to (23503)'],
  ['exclusion', 'two rows that exclude one another (23P01)'],
  ['type', 'a value that a new type does not take (22P02, 22001, 22003)'],
  ['written-rows', 'what INSERT, UPDATE and DELETE meet (23505, 23503)'],
])

/** From the first statement on that touches what was there before the files. */
function onOldRelations(measured: readonly Measured[]): readonly Measured[] {
  const first = measured.findIndex(({ locks }) => locks.length > 0)
  return first === -1 ? [] : measured.slice(first)
}

function read(parser: Parser, text: string, { position }: Measured): Dependence[] {
  const { start, end } = spanOf(text, position)
  const statement = text.slice(start, end)
  const parsed = parser.parse(statement)
  if (parsed.kind !== 'statements') return []
  return parsed.statements
    .flatMap((each) => [
      each,
      ...[...readBodies(parser, statement, each)].filter(({ within }) => within === 'do'),
    ])
    .flatMap((each) => dataDependence(each, statement))
}

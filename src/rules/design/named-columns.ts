import type { Node, ResTarget, SelectStmt } from '@pgsql/types'
import type { Span } from '../../model/position.js'
import { outputName } from '../../sql/output-name.js'
import { splitList, tokens } from '../../sql/split-list.js'
import { nodeAs, stringsOf, treeAs } from '../../sql/tree.js'
import { type Visited, walkTree } from '../../sql/walk-tree.js'
import type { Seen } from '../rule.js'

/** Columns in one list, in which no name may stand twice. */
export interface ColumnList {
  /** What is done with them: `set`. */
  readonly verb: string
  readonly columns: readonly NamedColumn[]
}

export interface NamedColumn {
  readonly name: string
  readonly span: Span
}

/** The lists of columns that a statement writes to, defines or gives. */
export function* namedColumns(statement: Seen, text: string): Generator<ColumnList> {
  const word = wordAt(statement, text)
  for (const [verb, targets] of writtenLists(statement)) {
    yield {
      verb,
      columns: targets.filter(isWhole).map(({ name = '', location }) => ({ name, span: word(location) })),
    }
  }
  const table = treeAs(statement, 'CreateStmt') ?? treeAs(statement, 'CreateForeignTableStmt')?.base
  if (table) {
    const definitions = (table.tableElts ?? []).flatMap((each) => nodeAs(each, 'ColumnDef') ?? [])
    const columns = definitions.map(({ colname: name = '', location }) => ({ name, span: word(location) }))
    yield { verb: 'defined', columns }
  }
  const given = givenColumns(statement, text, word)
  if (given) yield { verb: 'given', columns: given }
}

/** The first token at a place. */
type Word = (location: number | undefined) => Span

function wordAt({ offsetOf, span }: Seen, text: string): Word {
  return (location) => {
    const start = offsetOf(location)
    const [first] = tokens(text, { start, end: span.end })
    return { start, end: first?.end ?? start }
  }
}

/** An element of an array or a field of a composite may be set beside another. */
function isWhole({ name, indirection }: ResTarget): boolean {
  return name !== undefined && indirection === undefined
}

function* writtenLists(statement: Seen): Generator<[verb: string, targets: ResTarget[]]> {
  if (!WRITING.has(statement.node)) return
  // An INSERT may hold a hundred thousand rows; what else it writes is in its WITH.
  const { withClause } = statement.tree as { withClause?: unknown }
  const below = statement.node === 'InsertStmt' ? walkTree({ withClause }) : walkTree(statement.tree)
  for (const visited of [statement, ...below]) yield* listsOf(visited)
}

const WRITING: ReadonlySet<string> = new Set([
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'SelectStmt',
  'ExplainStmt',
  'PrepareStmt',
  'CopyStmt',
  'RuleStmt',
])

function* listsOf(visited: Visited): Generator<[verb: string, targets: ResTarget[]]> {
  const update = treeAs(visited, 'UpdateStmt')
  if (update) yield ['set', targetsIn(update.targetList)]
  const insert = treeAs(visited, 'InsertStmt')
  if (insert) {
    yield ['inserted', targetsIn(insert.cols)]
    yield ['set', targetsIn(insert.onConflictClause?.targetList)]
  }
  const when = treeAs(visited, 'MergeWhenClause')
  if (when) yield [when.commandType === 'CMD_INSERT' ? 'inserted' : 'set', targetsIn(when.targetList)]
}

function targetsIn(nodes: readonly Node[] | undefined): ResTarget[] {
  return (nodes ?? []).flatMap((each) => nodeAs(each, 'ResTarget') ?? [])
}

/** The columns of what a view, a materialized view or CREATE TABLE … AS makes of a query. */
function givenColumns(statement: Seen, text: string, word: Word): NamedColumn[] | undefined {
  const view = treeAs(statement, 'ViewStmt')
  const as = treeAs(statement, 'CreateTableAsStmt')
  const own = statement.within === 'file' ? treeAs(statement, 'SelectStmt') : undefined
  const into = as?.into ?? own?.intoClause
  const query = nodeAs(view?.query ?? as?.query, 'SelectStmt') ?? own
  const relation = view?.view ?? into?.rel
  if (!query || !relation) return undefined
  const renamed = stringsOf(view?.aliases ?? into?.colNames)
  const places = renamed.length > 0 ? firstList(text, statement, relation.location) : []
  const given = renamed.map((name, index) => ({ name, span: places[index] ?? statement.span }))
  return [...given, ...outputColumns(query, renamed.length, word)]
}

function outputColumns(query: SelectStmt, renamed: number, word: Word): NamedColumn[] {
  let first = query
  while (first.larg) first = first.larg
  const names = targetsIn(first.targetList).map((target) => ({ target, name: outputName(target) }))
  // A star is any number of columns.
  if (renamed > 0 && names.some(({ name }) => name === undefined)) return []
  return names
    .slice(renamed)
    .flatMap(({ target, name }) => (name === undefined ? [] : { name, span: word(target.location) }))
}

/** The parts of the first list in parentheses behind a place. */
function firstList(text: string, { span, offsetOf }: Seen, location: number | undefined): Span[] {
  let start: number | undefined
  for (const piece of tokens(text, { start: offsetOf(location), end: span.end })) {
    const sign = text[piece.start]
    if (sign === ')') return splitList(text, { start: start ?? piece.start, end: piece.start })
    if (sign === '(') start = piece.end
  }
  return []
}

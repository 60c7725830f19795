import type { Reach } from '../../model/reach.js'
import { optionIsOn } from '../option-is-on.js'
import { showName } from '../relation-name.js'
import { type NodeKind, type NodeOf, nodeAs, stringsOf } from '../tree.js'
import { type Visited, walkTree } from '../walk-tree.js'
import { commandTag } from './command-tag.js'
import { mergeReach } from './merge-reach.js'
import { nameOf } from './name-of.js'
import { reachOfAlteration } from './reach-of-alteration.js'
import {
  aggregateMade,
  domainMade,
  eventTriggerMade,
  policyMade,
  preparedMade,
  ruleMade,
  triggerMade,
  viewMade,
} from './reach-of-object.js'
import { reachOfRename } from './reach-of-rename.js'
import { FILLING, reachOfForeignTable, reachOfTable } from './reach-of-table.js'
import { madeOf, PATHS, reachOfTree } from './reach-of-tree.js'
import { writesOf } from './writes-of.js'

/**
 * What running a statement sets in motion. Nothing of what a function or block holds that the statement makes or is:
 * that stands in its text. See `readReach`.
 */
export function reachOfStatement(statement: Visited): Reach {
  const tag = commandTag(statement)
  const known = REACHES[statement.node as NodeKind] as ((tree: object) => Reach) | undefined
  const reach = known ? known(statement.tree) : reachOfTree({ [statement.node]: statement.tree })
  return tag === undefined ? reach : mergeReach([{ commands: [tag] }, reach])
}

const REACHES: { readonly [Kind in NodeKind]?: (tree: NodeOf<Kind>) => Reach } = {
  CreateStmt: reachOfTable,
  CreateForeignTableStmt: reachOfForeignTable,
  AlterTableStmt: reachOfAlteration,
  RenameStmt: reachOfRename,
  AlterObjectSchemaStmt: () => ({ movesNames: true }),
  ImportForeignSchemaStmt: ({ local_schema = '' }) => ({
    makes:
      reachOfForeignTable({ base: { relation: { schemaname: local_schema, relname: '*' } } }).makes ?? [],
  }),
  ViewStmt: ({ view = {}, query }) => ({ creates: [nameOf(view)], makes: viewMade(nameOf(view), query) }),
  CreateTrigStmt: (tree) => ({ makes: triggerMade(tree) }),
  RuleStmt: (tree) => ({ makes: ruleMade(tree) }),
  CreatePolicyStmt: ({ table, qual, with_check }) => ({ makes: policyMade(table, [qual, with_check]) }),
  AlterPolicyStmt: ({ table, qual, with_check }) => ({ makes: policyMade(table, [qual, with_check]) }),
  CreateDomainStmt: ({ domainname, constraints }) => ({
    makes: domainMade(stringsOf(domainname), constraints),
  }),
  AlterDomainStmt: ({ typeName, def }) =>
    mergeReach([reachOfTree(def), { makes: domainMade(stringsOf(typeName), def) }]),
  DefineStmt: (tree) => ({ makes: aggregateMade(tree) }),
  CreateEventTrigStmt: (tree) => ({ makes: eventTriggerMade(tree) }),
  AlterEventTrigStmt: ({ tgenabled }) =>
    tgenabled === 'D'
      ? {}
      : { unknown: ['it can not be told what an event trigger does that is turned on here'] },
  CreateFunctionStmt: () => ({}),
  DoStmt: () => ({}),
  PrepareStmt: (tree) => ({ makes: preparedMade(tree) }),
  ExecuteStmt: ({ name = '', params }) =>
    mergeReach([reachOfTree(params), { uses: [{ relation: [name], does: 'read' }] }]),
  ExplainStmt: ({ query, options }) => (optionIsOn(options, 'analyze') ? within(query) : {}),
  CreateTableAsStmt: ({ query, into, objtype }) => {
    const name = nameOf(into?.rel ?? {})
    const runs = into?.skipData === true ? {} : within(query)
    const made =
      objtype === 'OBJECT_MATVIEW'
        ? madeOf({ name, on: ['alter'], where: `in ${showName(name)}` }, query)
        : []
    return mergeReach([runs, { creates: [name], ...(made.length > 0 ? { makes: made } : {}) }])
  },
  RefreshMatViewStmt: ({ relation = {} }) => ({ uses: [{ relation: nameOf(relation), does: 'alter' }] }),
  ClusterStmt: ({ relation = {} }) => ({ uses: [{ relation: nameOf(relation), does: 'alter' }] }),
  ReindexStmt: ({ relation }) => (relation ? { uses: [{ relation: nameOf(relation), does: 'alter' }] } : {}),
  IndexStmt: ({ relation = {}, indexParams, whereClause }) => {
    const name = nameOf(relation)
    const run = [indexParams, whereClause]
    const made = madeOf({ name, on: FILLING, where: `by an index on ${showName(name)}` }, run)
    return mergeReach([reachOfTree(run), made.length > 0 ? { makes: made } : {}])
  },
  CreateSchemaStmt: ({ schemaElts = [] }) => mergeReach(schemaElts.map(within)),
  CreateSeqStmt: ({ sequence = {} }) => ({
    creates: [nameOf(sequence)],
    sequences: [nameOf(sequence)],
  }),
  AlterSeqStmt: ({ sequence = {}, options = [] }) =>
    options.some((option) => nodeAs(option, 'DefElem')?.defname === 'restart')
      ? { renews: [nameOf(sequence)] }
      : {},
  TruncateStmt: (tree) => {
    const uses = writesOf({ node: 'TruncateStmt', tree })
    return { uses, ...(tree.restart_seqs === true ? { restarts: uses.map(({ relation }) => relation) } : {}) }
  },
  DropStmt: ({ removeType = '', objects = [] }) => {
    if (removeType === 'OBJECT_SCHEMA')
      return { drops: objects.map((object) => [nodeAs(object, 'String')?.sval ?? '', '*']) }
    return RELATIONS.has(removeType)
      ? { drops: objects.map((object) => stringsOf(nodeAs(object, 'List')?.items)) }
      : {}
  },
  VariableSetStmt: ({ kind, name = '', args }) => {
    const moves = kind === 'VAR_RESET_ALL' || PATHS.has(name.toLowerCase())
    return mergeReach([reachOfTree(args), moves ? { movesPath: true } : {}])
  },
  VacuumStmt: ({ rels = [] }) =>
    rels.length === 0
      ? { escapes: [ANALYZES] }
      : {
          uses: rels.map((each) => {
            const relation = nameOf(nodeAs(each, 'VacuumRelation')?.relation ?? {})
            return { relation, does: 'analyze' }
          }),
        },
  CopyStmt: (tree) => {
    const { is_program, is_from, filename } = tree
    const runs = reachOfTree({ CopyStmt: tree })
    if (is_program === true)
      return mergeReach([runs, { escapes: ["COPY runs a program on the server's machine"] }])
    return filename !== undefined && is_from !== true
      ? mergeReach([runs, { escapes: ["COPY writes a file on the server's machine"] }])
      : runs
  },
  TransactionStmt: ({ kind }) => (kind === 'TRANS_STMT_ROLLBACK_TO' ? { returns: true } : {}),
  LoadStmt: () => ({ escapes: ['LOAD keeps a library in the session, which no rollback undoes'] }),
  CheckPointStmt: () => ({ escapes: ['CHECKPOINT acts on the whole server at once'] }),
}

/** ANALYZE counts what the transaction itself has added. */
export const ANALYZES =
  'ANALYZE writes its estimate of rows where other sessions see it at once, which no rollback undoes'

const RELATIONS: ReadonlySet<string> = new Set([
  'OBJECT_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_SEQUENCE',
  'OBJECT_FOREIGN_TABLE',
])

/** A statement in a statement. */
function within(node: unknown): Reach {
  const [visited] = walkTree([node])
  return visited ? reachOfStatement(visited) : {}
}

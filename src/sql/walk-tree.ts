import type { NodeKind, NodeOf } from './tree.js'

/** A node with its kind: `{ node: 'DeleteStmt', tree: { relation: … } }`. See `treeAs`. */
export interface Visited {
  readonly node: string
  readonly tree: object
}

/**
 * Every node below a tree in the order of the text, each before what is in it. It does not call itself: hostile trees
 * are thousands deep.
 *
 * @param root a node, a list of nodes, or what is below a node (a statement's `tree`), which itself is then not among them
 * @param enter false keeps out of what is in a node
 */
export function* walkTree(
  root: unknown,
  enter: (visited: Visited) => boolean = () => true,
): Generator<Visited> {
  const left: Left[] = [{ value: root }]
  for (let next = left.pop(); next; next = left.pop()) {
    const { visited, value } = next
    if (visited) yield visited
    if (!visited || enter(visited)) pushChildren(left, value)
  }
}

/** All nodes of a kind in a statement, the statement itself among them. */
export function* nodesOf<Kind extends NodeKind>(statement: Visited, kind: Kind): Generator<NodeOf<Kind>> {
  if (statement.node === kind) yield statement.tree as NodeOf<Kind>
  for (const { node, tree } of walkTree(statement.tree)) if (node === kind) yield tree as NodeOf<Kind>
}

interface Left {
  readonly value: unknown
  /** Absent: a list, or a part of a node that is none itself. */
  readonly visited?: Visited
}

/** The last first, so that the first is taken first. */
function pushChildren(left: Left[], value: unknown): void {
  if (value === null || typeof value !== 'object') return
  const entries = Object.entries(value)
  for (let at = entries.length - 1; at >= 0; at--) {
    const [key, child] = entries[at] as [string, unknown]
    if (child === null || typeof child !== 'object') continue
    const node = KIND.test(key) ? key : kindOfField(key, child)
    left.push(node === undefined ? { value: child } : { value: child, visited: { node, tree: child } })
  }
}

const KIND = /^[A-Z]/

/** Some fields hold a node of one kind only, and the parser does not say which. */
function kindOfField(field: string, child: object): NodeKind | undefined {
  const kind = Array.isArray(child) ? undefined : FIELDS.get(field)
  return kind === undefined || Object.keys(child).some((key) => KIND.test(key)) ? undefined : kind
}

const FIELDS: ReadonlyMap<string, NodeKind> = new Map<string, NodeKind>([
  ['relation', 'RangeVar'],
  ['rel', 'RangeVar'],
  ['pktable', 'RangeVar'],
  ['table', 'RangeVar'],
  ['constrrel', 'RangeVar'],
  ['sequence', 'RangeVar'],
  ['identitySequence', 'RangeVar'],
  ['typevar', 'RangeVar'],
  ['view', 'RangeVar'],
  ['larg', 'SelectStmt'],
  ['rarg', 'SelectStmt'],
  ['base', 'CreateStmt'],
  ['setstmt', 'VariableSetStmt'],
  ['funccall', 'FuncCall'],
  ['func', 'ObjectWithArgs'],
  ['into', 'IntoClause'],
  ['intoClause', 'IntoClause'],
  ['withClause', 'WithClause'],
  ['onConflictClause', 'OnConflictClause'],
  ['collClause', 'CollateClause'],
  ['over', 'WindowDef'],
  ['typeName', 'TypeName'],
  ['ofTypename', 'TypeName'],
  ['returnType', 'TypeName'],
  ['argType', 'TypeName'],
  ['role', 'RoleSpec'],
  ['newowner', 'RoleSpec'],
  ['authrole', 'RoleSpec'],
  ['grantor', 'RoleSpec'],
  ['user', 'RoleSpec'],
])

import type { Node } from '@pgsql/types'

/** Kinds of nodes of the parser's tree: `IndexStmt`. */
export type NodeKind = Node extends infer Each ? (Each extends unknown ? keyof Each : never) : never

/** What the tree holds below a kind. The parser leaves out what is empty, zero or false. */
export type NodeOf<Kind extends NodeKind> = Extract<Node, Record<Kind, unknown>>[Kind]

/** What is below the name of a node, where it is of that kind. */
export function nodeAs<Kind extends NodeKind>(node: unknown, kind: Kind): NodeOf<Kind> | undefined {
  return (node as Readonly<Record<string, unknown>> | undefined)?.[kind] as NodeOf<Kind> | undefined
}

/** The tree of a statement, where it is of that kind. */
export function treeAs<Kind extends NodeKind>(
  statement: { readonly node: string; readonly tree: object },
  kind: Kind,
): NodeOf<Kind> | undefined {
  return statement.node === kind ? (statement.tree as NodeOf<Kind>) : undefined
}

/** The texts in a list of `String` nodes: the parts of a qualified name. */
export function stringsOf(nodes: readonly unknown[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => nodeAs(node, 'String')?.sval ?? [])
}

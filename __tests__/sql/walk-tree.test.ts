import { describe, expect, it } from '@jest/globals'
import { openParser } from '../../src/sql/open-parser.js'
import { nodesOf, walkTree } from '../../src/sql/walk-tree.js'

const treeOf = async (sql: string) => {
  const parsed = (await openParser()).parse(sql)
  const [statement] = parsed.kind === 'statements' ? parsed.statements : []
  if (!statement) throw new Error(`${sql}: ${parsed.kind}`)
  return statement
}

const tables = (statement: Parameters<typeof nodesOf>[0]) =>
  [...nodesOf(statement, 'RangeVar')].map(({ relname }) => relname)

describe('walking a tree', () => {
  it('visits nodes in the order of the text, each before what is in it', async () => {
    const { tree } = await treeOf('select f(a, 1) from t where b')
    expect([...walkTree(tree)].map(({ node }) => node)).toEqual([
      'ResTarget',
      'FuncCall',
      'String',
      'ColumnRef',
      'String',
      'A_Const',
      'RangeVar',
      'ColumnRef',
      'String',
    ])
  })

  it('knows what a field holds that has no kind written', async () => {
    const sql = 'with x as (delete from a returning *) insert into b select * from c union select * from d'
    const statement = await treeOf(sql)
    expect(tables(statement)).toEqual(['b', 'c', 'd', 'a'])
    expect([...nodesOf(statement, 'SelectStmt')]).toHaveLength(3)
    expect([...nodesOf(statement, 'DeleteStmt')]).toHaveLength(1)
  })

  it('counts the statement itself', async () => {
    expect([...nodesOf(await treeOf('delete from a'), 'DeleteStmt')]).toHaveLength(1)
  })

  it('stays out of what it is told to', async () => {
    const { tree } = await treeOf('select a from t where exists (select b from u)')
    const kinds = [...walkTree(tree, ({ node }) => node !== 'SubLink')].map(({ node }) => node)
    expect(kinds.filter((kind) => kind === 'RangeVar')).toHaveLength(1)
    expect(kinds).toContain('SubLink')
  })

  it('gets to the ground of a tree that is deeper than any stack', () => {
    let tree: object = { A_Const: { boolval: {} } }
    for (let depth = 0; depth < 200_000; depth++) tree = { BoolExpr: { args: [tree] } }
    expect([...walkTree([tree])]).toHaveLength(200_001)
  })

  it.each([undefined, null, 7, 'text', [], {}])('finds nothing in %p', (root) => {
    expect([...walkTree(root)]).toEqual([])
  })
})

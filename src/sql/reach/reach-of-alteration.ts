import type { AlterTableCmd, AlterTableStmt } from '@pgsql/types'
import type { Made, Name, Reach } from '../../model/reach.js'
import { showName } from '../relation-name.js'
import { nodeAs } from '../tree.js'
import { mergeReach } from './merge-reach.js'
import { nameOf } from './name-of.js'
import {
  childMade,
  columnMade,
  defaultMade,
  FILLING,
  foreignKeysMade,
  isNumbered,
  sequenceOf,
} from './reach-of-table.js'
import { madeOf, reachOfTree } from './reach-of-tree.js'

/** ALTER TABLE: what it computes for the rows there are, and what runs for those to come. */
export function reachOfAlteration({ relation = {}, cmds = [] }: AlterTableStmt): Reach {
  const name = nameOf(relation)
  const commands = cmds.flatMap((each) => nodeAs(each, 'AlterTableCmd') ?? [])
  return mergeReach([
    { uses: [{ relation: name, does: 'alter' }] },
    ...commands.map((command) => reachOfCommand(name, command)),
  ])
}

function reachOfCommand(table: Name, { subtype, name = '', def }: AlterTableCmd): Reach {
  switch (subtype) {
    case 'AT_ColumnDefault':
      return making(defaultMade(table, name, def))
    case 'AT_AddColumn':
      return addedColumn(table, def)
    case 'AT_AttachPartition':
      return joined(table, nodeAs(def, 'PartitionCmd')?.name)
    case 'AT_AddInherit': {
      const parent = nodeAs(def, 'RangeVar')
      return making(parent ? childMade(nameOf(parent), table) : [])
    }
    case 'AT_EnableTrig':
    case 'AT_EnableTrigAll':
    case 'AT_EnableTrigUser':
    case 'AT_EnableAlwaysTrig':
    case 'AT_EnableReplicaTrig':
    case 'AT_EnableRule':
    case 'AT_EnableAlwaysRule':
    case 'AT_EnableReplicaRule':
      return making([awakened(table)])
    default: {
      const where = `in ${showName(table)}`
      const made = madeOf({ name: table, on: FILLING, where }, def)
      return mergeReach([reachOfTree(def), making([...made, ...foreignKeysMade(table, def)])])
    }
  }
}

function making(makes: readonly Made[]): Reach {
  return makes.length > 0 ? { makes } : {}
}

/** A default that is no constant is computed for each row. */
function addedColumn(table: Name, def: AlterTableCmd['def']): Reach {
  const column = nodeAs(def, 'ColumnDef') ?? {}
  const numbered = isNumbered(column)
  return mergeReach([
    reachOfTree(def),
    making([...columnMade(table, column), ...foreignKeysMade(table, def)]),
    numbered ? { sequences: [sequenceOf(table, column)] } : {},
  ])
}

function joined(table: Name, partition: Parameters<typeof nameOf>[0] | undefined): Reach {
  if (!partition) return {}
  const child = nameOf(partition)
  return mergeReach([{ uses: [{ relation: child, does: 'alter' }] }, { makes: childMade(table, child) }])
}

/** Nothing is known of a trigger or rule that was off. */
function awakened(table: Name): Made {
  const reach: Reach = { unknown: ['it can not be told what a trigger or rule does that is turned on here'] }
  const where = `in ${showName(table)}`
  return {
    kind: 'relation',
    name: table,
    on: ['insert', 'update', 'delete', 'truncate'],
    where,
    reach: () => reach,
  }
}

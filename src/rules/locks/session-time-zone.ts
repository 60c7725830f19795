import { nodeAs, treeAs } from '../../sql/tree.js'
import type { Context } from '../rule.js'

/** Whether the file has set the session's TimeZone to UTC before a statement; undefined where it sets none. */
export function setsUtc({ file, index }: Pick<Context, 'file' | 'index'>): boolean | undefined {
  for (let at = index - 1; at >= 0; at--) {
    const statement = file.statements[at]
    const set =
      statement && statement.within !== 'function' ? treeAs(statement, 'VariableSetStmt') : undefined
    if (set?.name?.toLowerCase() !== 'timezone') continue
    const zone = nodeAs(set.args?.[0], 'A_Const')?.sval?.sval
    return zone === undefined ? undefined : UTC.test(zone)
  }
  return undefined
}

const UTC = /^(utc|gmt|uct|zulu|greenwich|universal|etc\/(utc|gmt|uct|zulu|greenwich|universal))$/i

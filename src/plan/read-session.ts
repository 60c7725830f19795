import type { RunnableStatement } from '../model/plan.js'
import type { Statement } from '../sql/open-parser.js'

/** What a statement leaves in its session: settings, which can be made again in another, or objects, which can not. */
export function sessionEffect({ node, tree }: Statement): Pick<RunnableStatement, 'sets' | 'sessionOnly'> {
  switch (node) {
    case 'VariableSetStmt':
      return setting(tree)
    case 'LoadStmt':
      return { sets: '' }
    case 'SelectStmt':
      return isTemporary((tree.intoClause as Into | undefined)?.rel) ?? configured(tree)
    case 'CreateTableAsStmt':
      return isTemporary((tree.into as Into).rel) ?? {}
    case 'CreateStmt':
    case 'ViewStmt':
    case 'CreateSeqStmt':
      return isTemporary((tree.relation ?? tree.view ?? tree.sequence) as Relation) ?? {}
    case 'DoStmt':
      return inBlock(tree)
    default:
      return {}
  }
}

type Tree = Statement['tree']

interface Relation {
  readonly relpersistence?: string
  readonly schemaname?: string
}

interface Into {
  readonly rel?: Relation
}

function isTemporary(relation: Relation | undefined): { readonly sessionOnly: string } | undefined {
  return relation?.relpersistence === 't' || relation?.schemaname === 'pg_temp'
    ? { sessionOnly: 'a temporary table, view or sequence' }
    : undefined
}

/** SET TRANSACTION and SET LOCAL end with the transaction. */
function setting(tree: Tree): { readonly sets?: string } {
  const name = String(tree.name ?? '').toLowerCase()
  if (tree.is_local === true || name.startsWith('transaction')) return {}
  return { sets: tree.kind === 'VAR_RESET_ALL' || tree.kind === 'VAR_SET_MULTI' ? '' : name }
}

interface Target {
  readonly ResTarget?: {
    readonly val?: {
      readonly FuncCall?: {
        readonly funcname?: readonly { readonly String?: { readonly sval?: string } }[]
        readonly args?: readonly { readonly A_Const?: Tree }[]
      }
    }
  }
}

/** A SELECT of nothing but `set_config` with constants, as dumps begin with. */
function configured(tree: Tree): Pick<RunnableStatement, 'sets' | 'sessionOnly'> {
  const calls = ((tree.targetList ?? []) as readonly Target[]).map(
    (target) => target.ResTarget?.val?.FuncCall,
  )
  const named = calls.map((call) => call?.funcname?.at(-1)?.String?.sval === 'set_config')
  if (!named.includes(true)) return {}
  const constant = calls.every((call) => call?.args?.every((arg) => arg.A_Const !== undefined))
  return named.every(Boolean) && constant && tree.fromClause === undefined
    ? { sets: '' }
    : { sessionOnly: 'set_config with computed values' }
}

interface Argument {
  readonly DefElem?: { readonly arg?: { readonly String?: { readonly sval?: string } } }
}

/** A block's own text is all that is known of it. */
function inBlock(tree: Tree): { readonly sessionOnly?: string } {
  const body = ((tree.args ?? []) as readonly Argument[]).map((each) => each.DefElem?.arg?.String?.sval ?? '')
  if (body.some((text) => TEMPORARY.test(text))) return { sessionOnly: 'a temporary table in a block' }
  return body.some((text) => SETTING.test(text)) ? { sessionOnly: 'a setting in a block' } : {}
}

const TEMPORARY = /\bcreate\s+(local\s+|global\s+)?temp(orary)?\b/i
const SETTING =
  /(^|;|\b(begin|then|else|loop)\b)\s*set\s+(?!local\b|constraints\b|transaction\b)|\bset_config\s*\([^;]*\b(false|'f(alse)?')/i

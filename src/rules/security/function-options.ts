import type { DefElem, Node } from '@pgsql/types'
import { nodeAs } from '../../sql/tree.js'

/** What CREATE FUNCTION or ALTER FUNCTION says about search path and rights. */
export interface FunctionOptions {
  /** SECURITY DEFINER, where it is written. */
  readonly definer?: DefElem
  readonly setsSearchPath: boolean
  readonly language?: string
}

export function functionOptions(nodes: readonly Node[] | undefined): FunctionOptions {
  const options = (nodes ?? []).flatMap((node) => nodeAs(node, 'DefElem') ?? [])
  const definer = options.find(
    ({ defname, arg }) => defname === 'security' && nodeAs(arg, 'Boolean')?.boolval,
  )
  const language = nodeAs(options.find(({ defname }) => defname === 'language')?.arg, 'String')?.sval
  const setsSearchPath = options.some(({ defname, arg }) => {
    const set = defname === 'set' ? nodeAs(arg, 'VariableSetStmt') : undefined
    return set?.name === 'search_path' && (set.kind === 'VAR_SET_VALUE' || set.kind === 'VAR_SET_CURRENT')
  })
  return {
    ...(definer ? { definer } : {}),
    ...(language === undefined ? {} : { language: language.toLowerCase() }),
    setsSearchPath,
  }
}

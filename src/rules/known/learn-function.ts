import type { CreateFunctionStmt, DefElem, Node } from '@pgsql/types'
import { nodeAs, stringsOf } from '../../sql/tree.js'
import type { KnownFunction, Made } from './known.js'
import { keyOf, placeOf, type State } from './state.js'

/** A function or procedure, in place of one of its name where it says OR REPLACE. */
export function learnFunction(state: State, tree: CreateFunctionStmt, made: Made): void {
  const place = placeOf(state, stringsOf(tree.funcname))
  const options = optionsIn(tree.options)
  const language = options.find(({ defname }) => defname === 'language')?.arg
  const others = state.functions.get(keyOf(place)) ?? []
  state.functions.set(keyOf(place), [
    ...(tree.replace ? [] : others),
    changed(
      {
        ...made,
        ...place,
        securityDefiner: false,
        setsSearchPath: false,
        language: (nodeAs(language, 'String')?.sval ?? 'sql').toLowerCase(),
        definition: tree,
        revokedFromPublic: tree.replace === true && others.some((each) => each.revokedFromPublic),
      },
      options,
    ),
  ])
}

/** What ALTER FUNCTION changes, of all of that name. */
export function changeFunctions(
  state: State,
  parts: readonly string[],
  actions: readonly Node[] | undefined,
): void {
  const options = optionsIn(actions)
  const key = keyOf(placeOf(state, parts))
  const functions = state.functions.get(key)
  if (functions)
    state.functions.set(
      key,
      functions.map((each) => changed(each, options)),
    )
}

function changed(one: KnownFunction, options: readonly DefElem[]): KnownFunction {
  const security = options.find(({ defname }) => defname === 'security')
  const path = options.some(
    ({ defname, arg }) => defname === 'set' && nodeAs(arg, 'VariableSetStmt')?.name === 'search_path',
  )
  return {
    ...one,
    securityDefiner: security ? nodeAs(security.arg, 'Boolean')?.boolval === true : one.securityDefiner,
    setsSearchPath: one.setsSearchPath || path,
  }
}

function optionsIn(nodes: readonly Node[] | undefined): DefElem[] {
  return (nodes ?? []).flatMap((each) => nodeAs(each, 'DefElem') ?? [])
}

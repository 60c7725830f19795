import type { Context, Hit, Rule, Seen } from './rule.js'

/** Asks a rule about a statement. */
export type AskRule = (rule: Rule, statement: Seen, context: Context) => Iterable<Hit>

/**
 * Most rules are about one kind of statement, and leave at the kind. What left so once is not asked about that kind
 * again: it looked at nothing that could be otherwise, so it would leave again. For as long as the server's version and
 * the configuration are the same.
 */
export function openAskRule(): AskRule {
  const leaves = new Map<Rule, Map<string, boolean>>()
  return (rule, statement, context) => {
    const kind = `${statement.within} ${statement.node}`
    const known = leaves.get(rule)?.get(kind)
    if (known === true) return NOTHING
    const ask = () => rule.check?.(statement, context) ?? NOTHING
    if (known === false) return ask()
    const leaving = leaves.get(rule) ?? new Map<string, boolean>()
    leaves.set(rule, leaving.set(kind, leavesAtKind(rule, statement, context)))
    return ask()
  }
}

const NOTHING: readonly Hit[] = []

/** Nothing was looked at but what kind of statement it is, and what holds for all of them; and nothing was found. */
function leavesAtKind(rule: Rule, statement: Seen, context: Context): boolean {
  let looked = false
  const watched = <T extends object>(value: T, free: Partial<T>): T =>
    new Proxy(value, {
      get(target, name) {
        if (Object.hasOwn(free, name)) return Reflect.get(free, name)
        looked = true
        return Reflect.get(target, name)
      },
      has(target, name) {
        looked = true
        return Reflect.has(target, name)
      },
    })
  const { node, within } = statement
  const { judging, postgres, known, file } = context
  const hits =
    rule.check?.(
      watched(statement, { node, within }),
      watched(context, {
        judging,
        postgres,
        known: watched(known, {}),
        file: watched(file, { file: watched(file.file, {}) }),
      }),
    ) ?? NOTHING
  // The first is enough: what finds something is asked again.
  for (const _ of hits) return false
  return !looked
}

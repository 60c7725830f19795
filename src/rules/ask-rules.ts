import type { Context, Hit, Rule, Seen } from './rule.js'

/** What a rule found. */
export interface RuleHit {
  readonly rule: Rule
  readonly hit: Hit
}

/** Asks rules about a statement. Fast where the list is the same one each time. */
export type AskRules = (rules: readonly Rule[], statement: Seen, context: Context) => RuleHit[]

/**
 * Most rules are about one kind of statement, and leave at the kind. What left so once is not asked about that kind
 * again: it looked at nothing that could be otherwise, so it would leave again. For as long as the server's version and
 * the configuration are the same.
 */
export function openAskRules(): AskRules {
  const leaving = new Map<string, Map<Rule, boolean>>()
  const staying = new WeakMap<readonly Rule[], Map<string, readonly Rule[]>>()
  const choose = (rules: readonly Rule[], kind: string, statement: Seen, context: Context) => {
    const leaves = leaving.get(kind) ?? new Map<Rule, boolean>()
    leaving.set(kind, leaves)
    return rules.filter((rule) => {
      const known = leaves.get(rule) ?? leavesAtKind(rule, statement, context)
      leaves.set(rule, known)
      return !known
    })
  }
  return (rules, statement, context) => {
    const kind = `${statement.within} ${statement.node}`
    const chosen = staying.get(rules) ?? new Map<string, readonly Rule[]>()
    const asked = chosen.get(kind) ?? choose(rules, kind, statement, context)
    staying.set(rules, chosen.set(kind, asked))
    const hits: RuleHit[] = []
    for (const rule of asked)
      for (const hit of rule.check?.(statement, context) ?? NOTHING) hits.push({ rule, hit })
    return hits
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

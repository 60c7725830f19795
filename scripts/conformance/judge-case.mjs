import { rulesFor, whyNotOurs } from './mapping.mjs'
import { lintScripts } from './open-engine.mjs'
import { overrideFor } from './overrides.mjs'

/** Whether our rules say of a case what its tool does: hit or not, and on the same lines where it tells lines. */
export function judgeCase(one) {
  const leftOut = whyNotOurs(one)
  if (leftOut !== undefined) return { one, leftOut: `${one.tool} ${one.rule}: ${leftOut}`, found: [] }
  const rules = rulesFor(one)
  if (rules === undefined) return { one, passed: false, why: 'no rule of ours is named for it', found: [] }
  const all = lintScripts(one.scripts, one)
  const found = all.filter((each) => rules.includes(each.rule) && !isIgnored(one, each))
  const override = overrideFor(one, all)
  const why = whyNot({ ...one, ...(override && { lines: [], ...override }) }, override?.found ?? found)
  return { one, override, found, passed: why === undefined, why }
}

/** eugene's comment stands before the statement that it is about. */
function isIgnored({ tool, scripts }, { rule, line, script }) {
  if (tool !== 'eugene') return false
  const before = scripts[script].split('\n').slice(0, line - 1)
  const last = before.slice(before.findLastIndex((text) => /;\s*$/.test(text)) + 1).join('\n')
  const names = [...last.matchAll(/--\s*eugene:\s*ignore\s+(.*)/g)].flatMap(([, list]) =>
    list.split(/[\s,]+/),
  )
  return names.some((name) => rulesFor({ tool, rule: name })?.includes(rule))
}

function whyNot({ expected, lines }, found) {
  const count = wrongCount(expected, found)
  if (count !== undefined || expected === 0 || lines === undefined || lines.length === 0) return count
  const wanted = [...new Set(lines)].join(', ')
  const seen = [...new Set(found.map(({ line }) => line))].sort((a, b) => a - b).join(', ')
  return wanted === seen ? undefined : `expected on lines ${wanted}`
}

function wrongCount(expected, found) {
  if (expected > 0 === found.length > 0) return undefined
  return expected > 0 ? `expected a hit` : 'expected none'
}

import { rulesFor, whyNotOurs } from './mapping.mjs'
import { lintLast } from './open-engine.mjs'
import { overrideFor } from './overrides.mjs'

/** Whether our rules say of a case what its tool does: hit or not, and on the same lines where it tells lines. */
export function judgeCase(one) {
  const leftOut = whyNotOurs(one)
  if (leftOut !== undefined) return { one, leftOut: `${one.tool} ${one.rule}: ${leftOut}`, found: [] }
  const rules = rulesFor(one)
  if (rules === undefined) return { one, passed: false, why: 'no rule of ours is named for it', found: [] }
  const override = overrideFor(one)
  const found = hitsOf(one, rules)
  const why = override ? wrongCount(override.expected, found) : whyNot(one, found)
  return { one, override, found, passed: why === undefined, why }
}

/** Of several files each is judged alone, with those before it applied. */
function hitsOf({ scripts, ...options }, rules) {
  return scripts.flatMap((_, index) =>
    lintLast(scripts.slice(0, index + 1), options).filter(({ rule }) => rules.includes(rule)),
  )
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

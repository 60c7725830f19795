import { makeExcluder } from '../../migrations/glob.js'
import type { RuleId } from '../../model/rule-ids.js'

/** Whether a rule is not to be asked about the file of a name, as the configuration has it. */
export function excluderOf(
  excludes: ReadonlyMap<RuleId, readonly string[]>,
): (rule: RuleId, name: string) => boolean {
  const byRule = new Map([...excludes].map(([rule, globs]) => [rule, makeExcluder(globs)]))
  return (rule, name) => byRule.get(rule)?.(name) ?? false
}

import { INPUTS } from '../config/inputs.js'
import type { Config } from '../model/config.js'
import type { ExpectedPlan } from '../model/plan-document.js'
import { expectPlan } from '../plan/expect-plan.js'
import { parsePlanFile } from '../plan/parse-plan-file.js'

/**
 * What the inputs say of an approved plan. Loaded late, where they say anything: a plan file is read by a schema library.
 *
 * @throws UserError for what is no plan
 */
export function expectedBy({
  command,
  gate,
  planFile,
}: Pick<Config, 'command' | 'gate' | 'planFile'>): ExpectedPlan | undefined {
  if (!INPUTS['expected-plan-hash'].commands.includes(command)) return undefined
  const { expectedPlanHash, expectedPlan } = gate
  const document =
    expectedPlan === undefined ? undefined : parsePlanFile(expectedPlan, planFile ?? 'plan-file')
  return expectPlan(expectedPlanHash, document)
}

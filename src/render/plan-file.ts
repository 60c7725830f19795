import type { PlanDocument } from '../model/plan-document.js'
import { escapeJson } from './escape-json.js'

/**
 * A plan as a file, which `plan/parse-plan-file.ts` reads again. `plan` is what the hash is over, laid out for people: its
 * canonical form is what `jq -cjS .plan` prints.
 */
export function renderPlanFile({ hash, plan, applied, about }: PlanDocument): string {
  return `${escapeJson(JSON.stringify({ hash, plan, applied, about }, null, 2))}\n`
}

import { parseYaml } from '../config/parse-yaml.js'
import { adviseConcurrency } from '../gate/advise-concurrency.js'
import { loadWorkflow } from '../github/approvals/load-workflow.js'
import type { Config } from '../model/config.js'

/**
 * What to add to the workflow of this job where two of its runs could work on the environment at once, for the notes of a
 * report. Nothing fails for it: a workflow that does not lie in the checkout, or is no YAML, is not told of.
 */
export async function adviseOnConcurrency({
  variableOf,
  environment,
}: Pick<Config, 'variableOf' | 'environment'>): Promise<readonly string[]> {
  const workflow = await loadWorkflow(
    variableOf('GITHUB_WORKSPACE') ?? '',
    variableOf('GITHUB_WORKFLOW_REF'),
    variableOf('GITHUB_REPOSITORY') ?? '',
  )
  if (workflow === undefined) return []
  const { value } = await parseYaml(workflow.text, workflow.path)
  const place = { environment: environment.name, job: variableOf('GITHUB_JOB') }
  const advice = adviseConcurrency({ path: workflow.path, value }, place)
  return advice === undefined ? [] : [`${advice.message} ${advice.help}\n${advice.lines}`]
}

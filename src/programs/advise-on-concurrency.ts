import { parseYaml } from '../config/parse-yaml.js'
import { adviseConcurrency } from '../gate/advise-concurrency.js'
import { loadWorkflow } from '../github/approvals/load-workflow.js'
import type { Config } from '../model/config.js'
import type { Finding } from '../model/finding.js'

/**
 * What to add to the workflow of this job where two of its runs could work on the environment at once. Nothing fails for
 * it: a workflow that does not lie in the checkout, or is no YAML, is not told of.
 */
export async function adviseOnConcurrency({
  variableOf,
  environment,
  redact,
}: Pick<Config, 'variableOf' | 'environment' | 'redact'>): Promise<Finding | undefined> {
  const workflow = await loadWorkflow(
    variableOf('GITHUB_WORKSPACE') ?? '',
    variableOf('GITHUB_WORKFLOW_REF'),
    variableOf('GITHUB_REPOSITORY') ?? '',
  )
  if (workflow === undefined) return undefined
  const { path } = workflow
  const { value } = await parseYaml(workflow.text, path)
  const place = { environment: environment.name, job: variableOf('GITHUB_JOB') }
  const advice = adviseConcurrency({ path, value }, place)
  if (advice === undefined) return undefined
  const { message, help, lines } = advice
  return {
    rule: 'workflow-concurrency',
    severity: 'warning',
    file: path,
    message: redact(message),
    help: redact(`${help} \`${lines}\``),
  }
}

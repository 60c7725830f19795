import { readFile } from 'node:fs/promises'
import type { ReportJson } from '../../src/render/report-schema.js'
import type { Bundle } from '../support/a-bundle.js'
import type { Project } from '../support/a-project.js'
import { needs } from '../support/needs.js'
import { node24 } from '../support/node24.js'
import { aFolder } from '../support/postgres/a-folder.js'
import { parseReport } from '../support/report-file.js'
import { type JobOptions, type JobResult, runAction } from '../support/runner/run-action.js'

/** Tests of the action run the Node that GitHub runs it with. */
export const { it: inNode24 } = needs({ what: 'Node.js 24', isThere: node24() !== undefined })

/** What a step with `uses:` left behind, with the report that its output names, read before the runner cleans up. */
export interface ActionResult extends JobResult {
  readonly report: ReportJson
  readonly reportText: string
}

export interface ActionOptions extends Omit<Partial<JobOptions>, 'workspace'> {
  readonly bundle: Bundle
  readonly project: Pick<Project, 'path'>
}

/** Runs the action's bundle as a step: `uses: …` with these inputs, in a checkout of the project. */
export async function runStep({ bundle, project, env, ...options }: ActionOptions): Promise<ActionResult> {
  const node = node24()
  await using temp = await aFolder()
  const result = await runAction({
    ...options,
    ...(node === undefined ? {} : { node }),
    script: bundle.action,
    workspace: project.path,
    env: { RUNNER_TEMP: temp.path, ...env },
  })
  const reportText = await readFile(result.outputs.report ?? '', 'utf8')
  return { ...result, report: parseReport(reportText), reportText }
}

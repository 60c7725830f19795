import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './tree.js'

/** One mistake in a workflow, with the file it is in. */
export type CheckWorkflow = (text: string, path: string) => string[]

/** Opens the check that every workflow, in the repository or in its documents, must pass: `scripts/check-workflows.mjs`. */
export async function openWorkflowCheck(): Promise<CheckWorkflow> {
  const { openCheck } = (await import(
    pathToFileURL(join(root, 'scripts/workflows/open-check.mjs')).href
  )) as { openCheck: () => Promise<CheckWorkflow> }
  return openCheck()
}

import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'

const LARGEST = 1_048_576
/** Windows knows neither. */
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants

/**
 * The text of the workflow that `GITHUB_WORKFLOW_REF` names (`owner/name/.github/workflows/x.yml@refs/heads/main`), as it
 * lies in the checkout. Undefined where it does not: another repository's, a checkout elsewhere, something that is no
 * regular file of the workspace. Advice is made from it, so nothing fails for want of it.
 */
export async function loadWorkflow(
  workspace: string,
  workflowRef: string | undefined,
  repository: string,
): Promise<{ readonly path: string; readonly text: string } | undefined> {
  const path = pathIn(workflowRef ?? '', repository)
  if (path === undefined) return undefined
  const text = await readInside(workspace, path).catch(() => undefined)
  return text === undefined ? undefined : { path, text }
}

function pathIn(ref: string, repository: string): string | undefined {
  const prefix = `${repository}/`
  if (!ref.toLowerCase().startsWith(prefix.toLowerCase())) return undefined
  const path = ref.slice(prefix.length).split('@', 1)[0] ?? ''
  return /^\.github\/workflows\/[^/\\\p{Cc}]+\.ya?ml$/u.test(path) ? path : undefined
}

async function readInside(workspace: string, path: string): Promise<string | undefined> {
  const root = await realpath(workspace)
  const real = await realpath(join(root, path))
  if (!real.startsWith(root + sep)) return undefined
  // A pipe would be waited for without end.
  await using file = await open(real, O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
  const stats = await file.stat()
  return stats.isFile() && stats.size <= LARGEST ? await file.readFile('utf8') : undefined
}

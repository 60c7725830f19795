import type { Since } from '../model/judging.js'
import { given, variable } from './given.js'
import { showValue } from './show-value.js'
import type { Sources } from './sources.js'

/**
 * What the files are compared with: what is asked for, else in the job of a pull request or a merge queue its base, by
 * its commit where the event tells it.
 */
export async function chooseSince(sources: Sources): Promise<Since | undefined> {
  const { inputs, ledger, command } = sources
  const asked = given(inputs, 'since')
  if (asked !== undefined && !isRef(asked.value)) {
    ledger.problems.push({
      message: `${asked.source.charAt(0).toUpperCase()}${asked.source.slice(1)} is ${showValue(asked.value)}, which names no commit or branch.`,
      help: 'Give a branch, a tag or the hash of a commit: origin/main.',
    })
    return undefined
  }
  if (command !== 'validate') return undefined
  const ref = asked?.value ?? (await baseOfEvent(sources))
  const source = asked?.source ?? 'the base of the pull request'
  if (ref !== undefined) ledger.provenance.push({ name: 'since', value: ref, source })
  return ref === undefined ? undefined : { ref, asked: asked !== undefined }
}

/** What begins with `-` would be an option, and a range is no commit. */
function isRef(text: string): boolean {
  return text.length <= 255 && !/^-|\.\.|\p{Cc}|\p{Surrogate}|[\s:\\*?[]/u.test(text)
}

async function baseOfEvent({ inputs, system }: Sources): Promise<string | undefined> {
  const event = variable(inputs, 'GITHUB_EVENT_NAME')?.value ?? ''
  if (!/^(?:pull_request|pull_request_target|merge_group)$/.test(event)) return undefined
  const path = variable(inputs, 'GITHUB_EVENT_PATH')?.value
  const payload = path === undefined ? undefined : await system.readEvent(path)
  const branch = variable(inputs, 'GITHUB_BASE_REF')?.value
  return commitIn(payload) ?? (branch !== undefined && isRef(branch) ? `origin/${branch}` : undefined)
}

function commitIn(payload: string | undefined): string | undefined {
  const event = parseJson(payload ?? '') as Partial<{
    pull_request: { base?: { sha?: unknown } }
    merge_group: { base_sha?: unknown }
  }> | null
  const sha = event?.pull_request?.base?.sha ?? event?.merge_group?.base_sha
  return typeof sha === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(sha) ? sha : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

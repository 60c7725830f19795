import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import type { Asked } from '../../../src/gate/asked.js'
import { proveApproval } from '../../../src/gate/prove-approval.js'
import { isRefusal } from '../../../src/gate/refuse.js'
import { makeApprovalSource } from '../../../src/github/approvals/make-approval-source.js'
import type { Rest } from '../../../src/github/rest.js'
import type { GitHubJob } from '../../../src/model/approval-facts.js'
import type { ApprovalKind } from '../../../src/model/permission.js'
import type { Reply } from '../../../src/model/rest-failure.js'
import type { Scripted } from '../../support/github-api/a-github-api.js'
import { aRepository, HEAD, PLAN, SHA } from '../../support/github-api/a-repository.js'

const job: GitHubJob = {
  repository: 'acme/shop',
  runId: '42',
  attempt: 1,
  runUrl: 'https://github.com/acme/shop/actions/runs/42',
  actors: ['octocat'],
  event: 'push',
  sha: SHA,
  offersReviewers: true,
}

const asked = (kind: ApprovalKind): Asked => ({
  environment: 'live',
  policy: { kind, githubEnvironment: 'production', selfApproval: 'refused', rerun: 'continue', team: 'dba' },
  entry: 'action',
  actor: 'octocat',
  job,
  planHash: PLAN,
  confirmation: { byVariable: true },
})

type Bodies = Readonly<Record<string, unknown>>

const APPROVED: Bodies = Object.fromEntries(
  Object.entries(aRepository()).map(([key, route]) => [key, (route as Scripted).body]),
)

/** Answers from memory. */
function restOf(bodies: Bodies): Rest {
  const read = (path: string): Reply<unknown> => {
    const key = `GET ${path.split('?', 1)[0]}`
    return Object.hasOwn(bodies, key)
      ? { value: bodies[key] }
      : { failure: { asked: key, kind: 'not-found' } }
  }
  return {
    get: async (path) => read(path),
    getAll: async (path) => {
      const { value, failure } = read(path)
      if (failure) return { failure }
      return Array.isArray(value)
        ? { value }
        : { failure: { asked: path, kind: 'unreadable', detail: 'its answer is no list' } }
    },
    send: async (_, path) => ({ failure: { asked: path, kind: 'not-found' } }),
  }
}

const KINDS = ['github-environment', 'comment', 'review'] as const
const prove = (kind: ApprovalKind, bodies: Bodies) =>
  proveApproval(asked(kind), makeApprovalSource(restOf(bodies), job))

/** Paths to every value in it, itself included. */
function pathsIn(value: unknown, path: readonly string[] = []): string[][] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, one]) => pathsIn(one, [...path, key]))
      : []
  return [[...path], ...inner]
}

function replaceAt(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by
  const copy: Record<string, unknown> = structuredClone(value) as never
  copy[key] = replaceAt(copy[key], rest, by)
  return copy
}

describe('what GitHub answers', () => {
  it('approves in each way where nothing is wrong with it', async () => {
    for (const kind of KINDS) expect(await prove(kind, APPROVED)).toMatchObject({ approval: { by: 'alice' } })
  })

  it('never approves where one answer is anything at all', async () => {
    const keys = fc.constantFrom(...Object.keys(APPROVED))
    await fc.assert(
      fc.asyncProperty(keys, fc.jsonValue(), fc.constantFrom(...KINDS), async (key, body, kind) => {
        const answer = await prove(kind, { ...APPROVED, [key]: body })
        // Where the answer is not one that this proof asks for, nothing changed.
        const untouched = await prove(
          kind,
          Object.fromEntries(Object.entries(APPROVED).filter(([one]) => one !== key)),
        )
        if (isRefusal(untouched)) expect(isRefusal(answer)).toBe(true)
      }),
    )
  })

  it('approves in the name of nobody else, whatever one value in it becomes', async () => {
    const places = Object.entries(APPROVED).flatMap(([key, body]) =>
      pathsIn(body).map((path) => ({ key, path })),
    )
    const other = fc.oneof(
      fc.constantFrom(undefined, null, '', 0, [], {}, 'approved', 'mallory', 'APPROVED', 'write', SHA, HEAD),
      fc.jsonValue(),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...places),
        other,
        fc.constantFrom(...KINDS),
        async ({ key, path }, by, kind) => {
          const answer = await prove(kind, { ...APPROVED, [key]: replaceAt(APPROVED[key], path, by) })
          if (isRefusal(answer)) expect(answer.message).not.toBe('')
          // Only in the list of a run's reviews is a login all that tells who it was.
          else if (kind !== 'github-environment') expect(answer.approval.by).toBe('alice')
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is asked for at addresses in which every name is one step', async () => {
    const paths: string[] = []
    const rest: Rest = {
      ...restOf({}),
      get: async (path) => {
        paths.push(path)
        return { failure: { asked: path, kind: 'not-found' } }
      },
    }
    const source = makeApprovalSource(rest, job)
    await source.environment('a/b ?#%é\ud800')
    await source.rightOf('x/../y')
    await source.isMember('o/p', 't?', 'l#')
    expect(paths).toEqual([
      '/repos/acme/shop/environments/a%2Fb%20%3F%23%25%C3%A9%EF%BF%BD',
      '/repos/acme/shop/collaborators/x%2F..%2Fy/permission',
      '/orgs/o%2Fp/teams/t%3F/memberships/l%23',
    ])
  })
})

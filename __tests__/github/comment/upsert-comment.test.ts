import { describe, expect, it } from '@jest/globals'
import { upsertComment } from '../../../src/github/comment/upsert-comment.js'
import { makeRest } from '../../../src/github/rest.js'
import type { CommentMarker, CommentMode, PullRequestComment } from '../../../src/model/comment.js'
import { renderCommentMarker } from '../../../src/render/comment-marker.js'
import { renderOutdated } from '../../../src/render/comment-outdated.js'
import { aConversation, type ConversationOptions } from '../../support/github-api/a-conversation.js'
import { aGitHubApi } from '../../support/github-api/a-github-api.js'
import {
  aComment,
  anAccount,
  HEAD,
  OTHER_SHA,
  refusedAs,
  SHA,
} from '../../support/github-api/a-repository.js'

const BOT = anAccount('github-actions[bot]', 'Bot')
const OTHER_BOT = anAccount('renovate[bot]', 'Bot')

function aMarker(overrides: Partial<CommentMarker> = {}): CommentMarker {
  return {
    project: 'shop',
    environment: 'staging',
    about: 'target',
    commitSha: HEAD,
    startedAt: '2026-11-20T10:00:00.000Z',
    ...overrides,
  }
}

function aPullRequestComment(overrides: Partial<CommentMarker> = {}): PullRequestComment {
  const marker = aMarker(overrides)
  return { marker, body: `${renderCommentMarker(marker)}\nnew`, outdated: renderOutdated }
}

/** One that a run left an hour before, for an older commit. */
function anEarlier(id: number, marker: Partial<CommentMarker> = {}, overrides: object = {}) {
  const earlier = { commitSha: SHA, startedAt: '2026-11-20T09:00:00.000Z', ...marker }
  return aComment({
    id,
    user: BOT,
    body: `${renderCommentMarker(aMarker(earlier))}\nold ${id}`,
    html_url: `https://github.com/acme/shop/pull/7#issuecomment-${id}`,
    ...overrides,
  })
}

interface Situation extends ConversationOptions {
  readonly mode?: CommentMode
  readonly marker?: Partial<CommentMarker>
}

async function upsert({ mode = 'update', marker = {}, ...options }: Situation = {}) {
  const conversation = aConversation(options)
  await using api = await aGitHubApi(conversation.routes)
  const rest = makeRest({ apiUrl: api.url, token: api.token, variables: {}, pauseMs: 2, timeoutMs: 30_000 })
  const comment = aPullRequestComment(marker)
  const place = { repository: 'acme/shop', number: 7, commitSha: comment.marker.commitSha }
  const result = await upsertComment(rest, place, comment, mode)
  return {
    result,
    told: result.notes.map(({ message, help }) => `${message} ${help}`).join('\n'),
    comments: conversation.comments().map(({ id, body }) => `${id} ${body.split('\n').slice(1).join(' ')}`),
    asked: api.asked.map(({ method, url }) => `${method} ${url}`),
  }
}

const WRITTEN = ['POST', 'PATCH', 'DELETE']
const writesOf = (asked: readonly string[]) =>
  asked.filter((one) => WRITTEN.some((method) => one.startsWith(method)) && !one.includes('/graphql'))

describe('a comment on a pull request', () => {
  it('is created where there is none', async () => {
    const { result, comments, asked } = await upsert({ comments: [aComment()] })
    const url = 'https://github.com/acme/shop/pull/7#issuecomment-900'
    expect(result).toEqual({ state: 'created', url, notes: [] })
    expect(comments).toEqual(['100 ', '900 new'])
    expect(asked).toEqual([
      'GET /repos/acme/shop/pulls/7',
      'GET /repos/acme/shop/issues/7/comments?per_page=100',
      'POST /repos/acme/shop/issues/7/comments',
    ])
  })

  it('is updated in place, on whatever page it is', async () => {
    const others = [1, 2, 3, 4].map((id) => aComment({ id }))
    const { result, comments } = await upsert({ comments: [...others, anEarlier(5)] })
    expect(result).toEqual({ state: 'updated', url: anEarlier(5).html_url, notes: [] })
    expect(comments).toEqual(['1 ', '2 ', '3 ', '4 ', '5 new'])
  })

  it('is recreated below the conversation, and the old one goes after the new one is there', async () => {
    const { result, comments, asked } = await upsert({
      mode: 'recreate',
      comments: [anEarlier(5), aComment()],
    })
    expect(result).toMatchObject({ state: 'recreated', notes: [] })
    expect(comments).toEqual(['100 ', '900 new'])
    expect(writesOf(asked)).toEqual([
      'POST /repos/acme/shop/issues/7/comments',
      'DELETE /repos/acme/shop/issues/comments/5',
    ])
  })

  it('is nothing where it is off', async () => {
    const { result, asked } = await upsert({ mode: 'off' })
    expect(result).toEqual({ state: 'off', notes: [] })
    expect(asked).toEqual([])
  })

  it('is one of those that jobs left which raced: the newest is kept', async () => {
    const { comments, result } = await upsert({ comments: [anEarlier(5), anEarlier(6), anEarlier(7)] })
    expect(result).toMatchObject({ state: 'updated', url: anEarlier(7).html_url })
    expect(comments).toEqual(['7 new'])
  })

  it.each<[string, Partial<CommentMarker>]>([
    ['another environment', { environment: 'production' }],
    ['another project', { project: 'bank' }],
    ['what needs no connection', { about: 'files' }],
  ])('is not that of %s', async (_, marker) => {
    const { result, comments } = await upsert({ comments: [anEarlier(5, marker)] })
    expect(result.state).toBe('created')
    expect(comments).toEqual(['5 old 5', '900 new'])
  })

  it('is created again where somebody deletes it meanwhile', async () => {
    const instead = { 'PATCH /issues/comments/5': refusedAs(404) }
    const { result } = await upsert({ comments: [anEarlier(5)], instead })
    expect(result.state).toBe('created')
  })
})

describe('a comment of somebody else', () => {
  const FORGED = [
    anEarlier(5, {}, { user: anAccount('mallory') }),
    anEarlier(6, {}, { user: OTHER_BOT }),
    anEarlier(7, {}, { user: null }),
  ]

  it.each<CommentMode>(['update', 'recreate'])('is never touched to %s', async (mode) => {
    const { comments, asked } = await upsert({ mode, comments: FORGED })
    expect(comments).toEqual(['5 old 5', '6 old 6', '7 old 7', '900 new'])
    expect(writesOf(asked)).toHaveLength(1)
  })

  it('is told from that of the person whose token it is', async () => {
    const mine = anEarlier(8, {}, { user: anAccount('Alice') })
    for (const tellsLogin of ['graphql', 'rest'] as const) {
      const { comments } = await upsert({ login: 'alice', tellsLogin, comments: [mine, ...FORGED] })
      expect(comments).toEqual(['8 new', '5 old 5', '6 old 6', '7 old 7'])
    }
  })

  it('is told from that of an app whose name GitHub gives without [bot]', async () => {
    const { result } = await upsert({ login: 'github-actions', comments: [anEarlier(8)] })
    expect(result.state).toBe('updated')
  })

  it('is not deleted where it is not known whose token it is, and people’s are not taken over', async () => {
    const { comments, result } = await upsert({
      tellsLogin: 'neither',
      comments: [anEarlier(3), anEarlier(4), anEarlier(5, {}, { user: anAccount('mallory') })],
    })
    expect(result.state).toBe('updated')
    expect(comments).toEqual(['3 old 3', '4 new', '5 old 5'])
  })

  it('is told from one’s own by the answer that creates a new one', async () => {
    const { comments } = await upsert({
      mode: 'recreate',
      tellsLogin: 'neither',
      comments: [anEarlier(3), anEarlier(4, {}, { user: OTHER_BOT })],
    })
    expect(comments).toEqual(['4 old 4', '900 new'])
  })
})

describe('a comment beside a branch that moves on', () => {
  const OLD = { commitSha: OTHER_SHA }

  it('says that it is out of date where it is', async () => {
    const { comments, result, told } = await upsert({ marker: OLD, comments: [anEarlier(5)] })
    expect(result.state).toBe('updated')
    expect(comments[0]).toMatch(
      /^5 > \[!WARNING\] > \*\*Out of date\.\*\* .* commit fffffff; .* feedfac\. {2}new$/,
    )
    expect(told).toContain('Pull request 7 has moved on from commit fffffff')
  })

  it('does not take the place of the one of the newest commit', async () => {
    const newest = anEarlier(5, { commitSha: HEAD })
    const { comments, result, told } = await upsert({ marker: OLD, comments: [newest] })
    expect(result).toMatchObject({ state: 'left', url: newest.html_url })
    expect(comments).toEqual(['5 old 5'])
    expect(told).toContain('it is for commit feedfac, this run for commit fffffff')
  })

  it('does not take the place of one that was begun later, which then says that it is out of date', async () => {
    const later = anEarlier(5, { commitSha: SHA, startedAt: '2026-11-20T11:00:00.000Z' })
    const { comments, result } = await upsert({ marker: OLD, comments: [later] })
    expect(result.state).toBe('left')
    expect(comments[0]).toMatch(/Out of date\..* commit 0123456; .* feedfac\. {2}old 5$/)
  })

  it('does not take the place of a later one of the same commit', async () => {
    const later = anEarlier(5, { commitSha: HEAD, startedAt: '2026-11-20T11:00:00.000Z' })
    const { comments, result, asked } = await upsert({ comments: [later] })
    expect(result.state).toBe('left')
    expect(comments).toEqual(['5 old 5'])
    expect(writesOf(asked)).toEqual([])
  })

  it('takes the place of one of an older commit, whenever that was begun', async () => {
    const later = anEarlier(5, { commitSha: SHA, startedAt: '2026-11-20T11:00:00.000Z' })
    const { comments } = await upsert({ comments: [later] })
    expect(comments).toEqual(['5 new'])
  })

  it('is up to date on the commit that the merge made', async () => {
    const { comments, result } = await upsert({ marker: OLD, pull: { merge_commit_sha: OTHER_SHA } })
    expect(result).toMatchObject({ state: 'created', notes: [] })
    expect(comments).toEqual(['900 new'])
  })

  it('is written where the pull request can not be read', async () => {
    const { result } = await upsert({ marker: OLD, instead: { 'GET /pulls/7': refusedAs(403) } })
    expect(result).toMatchObject({ state: 'created', notes: [] })
  })
})

describe('a comment that GitHub does not take', () => {
  const LIST = 'GET /issues/7/comments'
  const CREATE = 'POST /issues/7/comments'
  const EDIT = 'PATCH /issues/comments/5'
  const fork = {
    head: { sha: HEAD, repo: { full_name: 'mallory/shop' } },
    base: { repo: { full_name: 'acme/shop' } },
  }
  const locked = { status: 403, body: { message: 'Unable to create comment because issue is locked.' } }

  it.each<[string, Situation, ...string[]]>([
    [
      'for want of a permission',
      { instead: { [CREATE]: refusedAs(403) } },
      'lacks the permission pull-requests: write (403 for POST /repos/acme/shop/issues/7/comments)',
      'permissions:\n  contents: read\n  pull-requests: write',
      'fork’s pull request, or of Dependabot, never has it',
    ],
    [
      'from a fork',
      { pull: fork, instead: { [CREATE]: refusedAs(403) } },
      'has a token that only reads',
      'No permission in the workflow changes that',
    ],
    [
      'from a fork that is gone',
      { pull: { head: { sha: HEAD, repo: null } }, instead: { [CREATE]: refusedAs(403) } },
      'has a token that only reads',
    ],
    [
      'because the conversation is locked',
      { instead: { [CREATE]: locked } },
      'its conversation is locked',
      'Unlock it',
    ],
    ['because it is gone', { instead: { [CREATE]: refusedAs(410) } }, 'there is nothing at POST', '410'],
    [
      'because there is no such pull request',
      { instead: { 'GET /pulls/7': refusedAs(404) } },
      'pull request 7',
    ],
    [
      'because it is too long',
      { instead: { [CREATE]: { status: 422, body: { message: 'Validation Failed' } } } },
      'GitHub refused POST /repos/acme/shop/issues/7/comments (422): Validation Failed.',
      'The summary of the run has all',
    ],
    [
      'because it was asked too often',
      { instead: { [CREATE]: refusedAs(429, { 'retry-after': '3600' }) } },
      'asked too often',
      'Run the job again after 20',
    ],
    ['because it fails', { instead: { [LIST]: refusedAs(502) } }, 'GitHub answered 502 each time'],
    [
      'because the answer never comes',
      { instead: { [CREATE]: { cut: 'before' } } },
      'GitHub can not be reached',
    ],
    ['because the list is none', { instead: { [LIST]: { body: {} } } }, 'can not be read'],
    [
      'because the token is none',
      { instead: { 'GET /pulls/7': refusedAs(401) } },
      `github-token: \${{ github.token }}`,
    ],
  ])('%s is told, and nothing is thrown', async (_, situation, ...words) => {
    const { result, told } = await upsert(situation)
    expect(result.state).toBe('failed')
    for (const word of words) expect(told).toContain(word)
  })

  it('is never created beside comments that could not be read', async () => {
    const { asked } = await upsert({ instead: { [LIST]: refusedAs(403) } })
    expect(writesOf(asked)).toEqual([])
  })

  it('leaves one of an older commit, and says that it is out of date', async () => {
    const { result, told } = await upsert({ comments: [anEarlier(5)], instead: { [EDIT]: refusedAs(403) } })
    expect(result).toMatchObject({ state: 'failed', url: anEarlier(5).html_url })
    expect(told).toContain(
      'stays on pull request 7 is out of date: it is for commit 0123456, this run for feedfac.',
    )
  })

  it('says nothing of the sort of one of the same commit', async () => {
    const same = anEarlier(5, { commitSha: HEAD })
    const { told } = await upsert({ comments: [same], instead: { [EDIT]: refusedAs(403) } })
    expect(told).not.toContain('out of date')
  })

  it('leaves one of an older commit marked, where only the new text is refused', async () => {
    const bodies: string[] = []
    const instead = {
      [EDIT]: ({ body }: { readonly body: string }) => {
        bodies.push((JSON.parse(body) as { body: string }).body)
        return bodies.length === 1 ? { status: 422, body: { message: 'Validation Failed' } } : { body: {} }
      },
    }
    const { result } = await upsert({ comments: [anEarlier(5)], instead })
    expect(result.state).toBe('failed')
    expect(bodies[1]).toMatch(/Out of date\..* commit 0123456; .* feedfac\.\n\nold 5$/)
  })

  it('is edited instead of recreated where the conversation is locked', async () => {
    const { result, comments } = await upsert({
      mode: 'recreate',
      comments: [anEarlier(5)],
      instead: { [CREATE]: locked },
    })
    expect(result).toMatchObject({ state: 'updated', notes: [] })
    expect(comments).toEqual(['5 new'])
  })

  it('is there twice where the old one can not be deleted, which is told', async () => {
    const { result, told } = await upsert({
      mode: 'recreate',
      comments: [anEarlier(5), anEarlier(6)],
      instead: { 'DELETE /issues/comments/5': refusedAs(403), 'DELETE /issues/comments/6': refusedAs(404) },
    })
    expect(result.state).toBe('recreated')
    expect(result.notes).toHaveLength(1)
    expect(told).toContain('was not deleted')
  })
})

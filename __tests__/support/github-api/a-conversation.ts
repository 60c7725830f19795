import type { Asked, Route, Routes, Scripted } from './a-github-api.js'
import { aComment, anAccount, aPull } from './a-repository.js'

const REPO = '/repos/acme/shop'

/** The comments of pull request 7 of acme/shop, which can be written, and who asks. */
export interface Conversation {
  readonly routes: Routes
  /** In the order that they were written in. */
  readonly comments: () => readonly Comment[]
}

type Comment = ReturnType<typeof aComment>

export interface ConversationOptions {
  /** The account of the token. */
  readonly login?: string
  /** `graphql`, `rest`: which API tells it; `neither` on a server of one's own with an app's token. */
  readonly tellsLogin?: 'graphql' | 'rest' | 'neither'
  readonly comments?: readonly Comment[]
  readonly pull?: Record<string, unknown>
  /** Answers instead of what a working server would, by method and path below the repository: `POST /issues/7/comments`. */
  readonly instead?: Readonly<Record<string, Route>>
}

/** Of the account that jobs write as. Its id is 900 and up where the conversation gives it. */
export function aConversation({
  login = 'github-actions[bot]',
  tellsLogin = 'graphql',
  comments: begun = [],
  pull = {},
  instead = {},
}: ConversationOptions = {}): Conversation {
  const user = anAccount(login, login.endsWith('[bot]') ? 'Bot' : 'User')
  let comments: readonly Comment[] = begun
  let next = 900
  const list = (): Scripted => ({ pages: pagesOf(comments) })
  const create = ({ body }: Asked): Scripted => {
    const created = aComment({ id: next++, user, ...(JSON.parse(body) as object), html_url: urlOf(next - 1) })
    comments = [...comments, created]
    return { status: 201, body: created }
  }
  const one = (id: number): Routes => ({
    [`PATCH ${REPO}/issues/comments/${id}`]: ({ body }) => {
      const found = comments.find((comment) => comment.id === id)
      if (!found) return GONE
      const edited = { ...found, ...(JSON.parse(body) as object) }
      comments = comments.map((comment) => (comment === found ? edited : comment))
      return { body: edited }
    },
    [`DELETE ${REPO}/issues/comments/${id}`]: () => {
      const left = comments.filter((comment) => comment.id !== id)
      const isThere = left.length < comments.length
      comments = left
      return isThere ? { status: 204, text: '' } : GONE
    },
  })
  const ids = [...begun.map(({ id }) => id), ...Array.from({ length: 10 }, (_, index) => 900 + index)]
  const overrides = Object.entries(instead).map(([key, route]) => [key.replace(' ', ` ${REPO}`), route])
  return {
    comments: () => comments,
    routes: {
      [`GET ${REPO}/pulls/7`]: { body: aPull({ merged_at: null, merge_commit_sha: null, ...pull }) },
      [`GET ${REPO}/issues/7/comments`]: list,
      [`POST ${REPO}/issues/7/comments`]: create,
      ...Object.assign({}, ...ids.map(one)),
      ...(tellsLogin === 'graphql' ? { 'POST /graphql': { body: { data: { viewer: { login } } } } } : {}),
      ...(tellsLogin === 'rest' ? { 'GET /user': { body: user } } : {}),
      ...Object.fromEntries(overrides),
    },
  }
}

const GONE: Scripted = { status: 404, body: { message: 'Not Found' } }

function urlOf(id: number): string {
  return `https://github.com/acme/shop/pull/7#issuecomment-${id}`
}

/** Two a page, so that more than two are on several. */
function pagesOf(comments: readonly Comment[]): readonly (readonly Comment[])[] {
  const pages: (readonly Comment[])[] = []
  for (let at = 0; at < comments.length; at += 2) pages.push(comments.slice(at, at + 2))
  return pages.length === 0 ? [[]] : pages
}

import { textOf } from '../approvals/json-shape.js'
import type { Rest } from '../rest.js'

/**
 * Who the token writes as: `github-actions[bot]`, an app, a person. Undefined where GitHub does not tell: a server of one's
 * own has the first question elsewhere, and the second is answered to people only.
 */
export async function findOwnLogin(rest: Rest): Promise<string | undefined> {
  const viewer = await rest.send('POST', '/graphql', { query: 'query { viewer { login } }' })
  const login = textOf(viewer.value, 'data', 'viewer', 'login')
  if (login !== undefined) return login
  const user = await rest.get('/user')
  return textOf(user.value, 'login')
}

import type { Target } from '../model/target.js'

/** Who a run is on its target: the user that it logged in as and, where the rights are those of another role, that one too. */
export function renderUser(
  { user, role }: Pick<Target, 'user' | 'role'>,
  quote: (foreign: string) => string = (foreign) => foreign,
): string {
  return role === undefined ? quote(user) : `${quote(user)} with the role ${quote(role)}`
}

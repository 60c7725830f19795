import type { Session } from '../../../model/session.js'
import { foldName } from '../../../sql/fold-name.js'

/**
 * A session that notes what roles are named where SQL that is sent on it makes one, or gives one another name. In bodies
 * too: a role is mostly made in a block that looks whether it is there. What only looks like it does no harm.
 *
 * @param names is added to, before the SQL is sent
 */
export function noteRoles(session: Session, names: Set<string>): Session {
  return {
    ...session,
    send: (sql, options) => {
      for (const { 1: name = '' } of sql.matchAll(MAKING)) names.add(unquoted(name))
      return session.send(sql, options)
    },
  }
}

// Names and spaces as the server knows them: to it a no-break space is a letter.
const MAKING =
  /(?<![\w$\u0080-\uffff])(?:create[ \t-\r]+(?:role|user|group)|rename[ \t-\r]+to)[ \t-\r]*((?:"[^"\0]*")+|(?<=[ \t-\r])[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)/gi

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : foldName(name)
}

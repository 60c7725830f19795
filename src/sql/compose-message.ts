import type { RunnableMigration } from '../model/plan.js'
import { copiesOf } from './copies-of.js'
import { countStatements } from './count-statements.js'
import { fillIn } from './fill-in.js'
import type { MessageLayout } from './locate-failure.js'

/** A simple-query message while it is put together, with count kept of its characters and statements. */
export interface Message {
  /** Statements so far. */
  readonly statements: number
  /** Adds SQL of ours: each statement ends in a semicolon, none is empty. */
  own(sql: string): void
  /** Adds a file's text, and tells how it stands in the message, which `sent` is set to when it is sealed. */
  file(migration: RunnableMigration): Omit<MessageLayout, 'sent'>
  seal(): { readonly sent: string; readonly copies: readonly string[] }
}

/** SQL of this many bytes goes into one message; a larger file is one alone. */
export const MESSAGE_BYTES = 8 * 1024 * 1024

/** An empty message. */
export function composeMessage(): Message {
  const parts: string[] = []
  const copies: string[] = []
  let length = 0
  let statements = 0
  const put = (text: string) => {
    parts.push(text)
    length += text.length
  }
  return {
    get statements() {
      return statements
    },
    own(sql) {
      put(`${sql}\n`)
      statements += countStatements(sql)
    },
    file(migration) {
      const { statements: own = [] } = migration
      const { sql, shifts } = fillIn(migration.text, 0, migration)
      const layout = {
        bodyStart: length,
        fileStart: 0,
        length: sql.length,
        shifts,
        statementsBefore: statements,
        firstStatement: 0,
        statementCount: own.length,
      }
      // The line end closes a comment, the semicolon the last statement.
      put(`${sql}\n;\n`)
      copies.push(...copiesOf(migration, own))
      statements += own.length
      return layout
    },
    seal: () => ({ sent: parts.join(''), copies }),
  }
}

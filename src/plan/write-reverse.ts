import type { MigrationFile } from '../model/migration.js'
import type { Statement } from '../sql/open-parser.js'
import { positionOf } from '../sql/position.js'
import { NOTHING_TO_REVERSE, reverseStatement } from './reverse-statement.js'

/** A migration that is to be reversed, as it was read. */
export interface ToReverse {
  readonly file: MigrationFile
  readonly statements: readonly Statement[]
}

/** The text of a migration that reverses others, and how much of it is only said. */
export interface ReverseText {
  readonly text: string
  readonly statements: number
  /** What somebody has to write by hand. */
  readonly left: number
}

/**
 * A proposal for a migration that reverses others: their statements from the last to the first. What can not be told is a
 * comment with its place. No text of the files is quoted, since it may hold a secret.
 *
 * @param migrations in the order in which they are undone
 */
export function writeReverse(migrations: readonly ToReverse[]): ReverseText {
  let statements = 0
  let left = 0
  const lines = migrations.flatMap(({ file, statements: all }) => {
    const reversed = all
      .filter(({ node }) => !NOTHING_TO_REVERSE.has(node))
      .toReversed()
      .flatMap((statement) => {
        const { sql, lost } = reverseStatement(statement)
        statements += sql.length
        left += lost.length
        const { line } = positionOf(file.text, statement.span)
        return [
          ...lost.map((why) => `-- BY HAND, line ${line}: ${inComment(why)}`),
          ...sql.map((each) => `${each};`),
        ]
      })
    return ['', `-- ${inComment(file.name)}`, ...reversed]
  })
  const text = [HEAD, ...lines, ''].join('\n')
  return { text, statements, left }
}

const HEAD = `-- Proposed as the reverse of what is named below. Read it before it is merged: rows that were changed or deleted do not
-- come back by it, and what is marked BY HAND is to be written.`

/** A name may hold whatever a file system takes. */
function inComment(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')
}

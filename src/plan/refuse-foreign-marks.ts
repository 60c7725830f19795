import { docsPage } from '../model/docs-page.js'
import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import type { Span } from '../model/position.js'
import { lexScript } from '../sql/lex-script.js'
import { place } from '../sql/place.js'

/** Only a text that holds one of these is read for its comments. */
const ANY = /atlas:|goose\s+envsub|changeset|precondition|--\s*property\s/i

/** A file of marks would say the same again and again. */
const MOST = 20

/**
 * What a file asks another tool for in its comments and would not get here: to run the file all the same would be
 * something else than its author wrote. Asked of what is to be applied, never of what is applied already.
 */
export function refuseForeignMarks(file: MigrationFile): Finding[] {
  const up = file.text.slice(0, file.up.end)
  if (!ANY.test(up)) return []
  const found: Finding[] = []
  for (const piece of lexScript(up)) {
    if (piece.kind !== 'line-comment') continue
    const comment = up.slice(piece.start, piece.end)
    const mark = MARKS.find(({ is }) => is.test(comment))
    if (mark) found.push(refuse(file, { start: piece.start, end: piece.end }, comment, mark))
    if (found.length === MOST) break
  }
  return found
}

interface Mark {
  readonly is: RegExp
  readonly message: string
  readonly help: string
}

const VALUES = docsPage('migrations', 'values-from-the-environment')

const MARKS: readonly Mark[] = [
  {
    is: /^--\s*atlas:checkpoint\b/,
    message: 'is a checkpoint of Atlas: it makes anew what the files before it made',
    help: 'Exclude the file (database.migrations.exclude): the files before it are what is applied.',
  },
  {
    is: /^--\s*atlas:txtar\b/,
    message: 'makes the file an archive of Atlas, in which checks and a way back stand beside the migration',
    help: 'Keep the part migration.sql alone.',
  },
  {
    is: /^--\s*atlas:delimiter\b/,
    message: 'lets Atlas split the file at another place than semicolons',
    help: 'End each statement with a semicolon, and remove the line.',
  },
  {
    is: /^--\s*\+goose\s+envsub\s+on\b/i,
    message: 'lets goose fill in variables of the environment',
    help: `Declare each with -- devflow:substitute=NAME instead: ${VALUES} has more.`,
  },
  {
    is: /^--\s*precondition(?:s\b|-)/i,
    message: 'is a condition of Liquibase, and the changeset would run whether it holds or not',
    help: 'Write the condition into the SQL (IF NOT EXISTS, a DO block), and remove the line.',
  },
  {
    is: /^--\s*changeset\s.*\b(?:dbms|context|contextFilter|labels|ignore|runWith|endDelimiter):/i,
    message: 'lets Liquibase decide whether and how the changeset runs',
    help: 'Keep only what is for this database, and remove the attribute.',
  },
  {
    is: /^--\s*changeset\s.*\b(?:runOnChange|runAlways):\s*"?true/i,
    message: 'lets Liquibase run the changeset more than once',
    help: 'Put it into a repeatable migration (R__name.sql), or remove the attribute.',
  },
  {
    is: /^--\s*changeset\s.*\bfailOnError:\s*"?false/i,
    message: 'lets Liquibase go on after an error',
    help: 'Correct what fails, and remove the attribute.',
  },
  {
    is: /^--\s*property\s+name:/i,
    message: 'is a parameter of Liquibase, which is not filled in',
    help: `Declare it with -- devflow:substitute=NAME instead: ${VALUES} has more.`,
  },
]

function refuse(file: MigrationFile, span: Span, comment: string, { message, help }: Mark): Finding {
  const shown = comment.trim().slice(0, 80)
  return {
    rule: 'foreign-mark',
    severity: 'error',
    ...place(file, span),
    message: `"${shown}" ${message}; that is not carried out here.`,
    help,
  }
}

import type { RunnableMigration } from '../model/plan.js'
import type { Problem } from '../model/problem.js'
import type { Placeholder } from '../model/substitute.js'
import { quoteIdentifier, quoteLiteral } from '../sql/identifier.js'

/** Migrations whose variables are filled in, or why that can not be. */
export interface FilledMigrations {
  readonly migrations: readonly RunnableMigration[]
  /** What was filled in, which nobody may read. */
  readonly values: readonly string[]
  readonly problems: readonly Problem[]
}

/**
 * Looks up the variables of migrations that are to be sent.
 *
 * @param variableOf undefined for a variable that is not set, or empty
 * @param urlVariable the one with the database's URL, which is no migration's
 */
export function fillValues(
  migrations: readonly RunnableMigration[],
  variableOf: (name: string) => string | undefined,
  urlVariable: string,
): FilledMigrations {
  const values = new Set<string>()
  const problems = new Map<string, Problem>()
  const filled = migrations.map((migration) => {
    const { placeholders = [], file } = migration
    if (placeholders.length === 0) return migration
    const fills = placeholders.map((placeholder) => {
      const value = placeholder.name === urlVariable ? undefined : variableOf(placeholder.name)
      const problem = problemOf(placeholder, value, file.name, urlVariable)
      if (problem) problems.set(`${placeholder.name} ${placeholder.as}`, problem)
      if (value === undefined || problem) return ''
      values.add(value)
      return placeholder.as === 'literal' ? quoteLiteral(value) : quoteIdentifier(value)
    })
    return { ...migration, fills }
  })
  return { migrations: filled, values: [...values], problems: [...problems.values()] }
}

function problemOf(
  { name, as }: Placeholder,
  value: string | undefined,
  file: string,
  urlVariable: string,
): Problem | undefined {
  if (name === urlVariable)
    return {
      message: `${file} holds \${${name}}, the variable of the database's URL, which is never filled in.`,
      help: 'Use a variable of its own.',
    }
  if (value === undefined)
    return {
      message: `The variable ${name} is not set, or empty, and ${file} needs it for \${${name}}.`,
      help: `Set it for this command; in a workflow from a secret: env: ${name}: \${{ secrets.${name} }}.`,
    }
  const bytes = Buffer.byteLength(value)
  if (as === 'identifier' && (bytes > LONGEST_NAME || /\p{Surrogate}/u.test(value)))
    return {
      message: `The variable ${name} has ${bytes} bytes, and ${file} needs it for a name, of which PostgreSQL keeps ${LONGEST_NAME}.`,
      help: `Set it to a name of at most ${LONGEST_NAME} bytes.`,
    }
  return undefined
}

const LONGEST_NAME = 63

/** The statement on a line, counted from 1, up to its semicolon. Of cases, whose SQL is simple. */
export function statementAt(sql, line) {
  const [first] = sql
    .split('\n')
    .slice(line - 1)
    .join('\n')
    .split(';')
  return first.trim()
}

/** The commands of an ALTER TABLE; none of another statement, which is one command. */
export function commandsOf(statement) {
  const [, commands] =
    /^alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?\S+\s+([\s\S]+)$/i.exec(statement) ?? []
  return (commands ?? statement).split(/,(?![^()]*\))/).map((command) => command.trim())
}

/** The table that a statement alters or builds an index on. */
export function tableOf(statement) {
  const altered = /^alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?([^\s(;]+)/i.exec(statement)
  const indexed = /^create\s+(?:unique\s+)?index\b[\s\S]*?\son\s+(?:only\s+)?([^\s(;]+)/i.exec(statement)
  return (altered ?? indexed)?.[1]
}

/** Whether the statements before a line make that table. */
export function makesTable(sql, line, table) {
  if (table === undefined) return false
  const before = sql
    .split('\n')
    .slice(0, line - 1)
    .join('\n')
  const made = before.matchAll(/\bcreate\s+(?:\w+\s+)?table\s+(?:if\s+not\s+exists\s+)?([^\s(;]+)/gi)
  return [...made].some(([, name]) => name.toLowerCase() === table.toLowerCase())
}

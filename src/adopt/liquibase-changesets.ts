/** One changeset of a file of formatted SQL. */
export interface Changeset {
  /** `author:id` */
  readonly name: string
  /** What its checksum is over, but for white space. */
  readonly sql: string
  /** It is meant to be changed, and runs again then; or every time. */
  readonly isRunAgain: boolean
}

/** A file that has no header is one changeset, as Liquibase has it where it includes a whole folder. */
export function parseChangesets(text: string): Changeset[] {
  if (!FORMATTED.test(text)) return [{ name: 'includeAll:raw', sql: text.trim(), isRunAgain: false }]
  const found: { name: string; lines: string[]; isRunAgain: boolean }[] = []
  let isIgnored = false
  for (const line of text.split(/\r\n|\n|\r/)) {
    const begins = CHANGESET.exec(line)?.groups
    if (/^\s*--\s*ignoreLines:start/i.test(line)) isIgnored = true
    else if (/^\s*--\s*ignoreLines:end/i.test(line)) isIgnored = false
    else if (isIgnored) continue
    else if (begins)
      found.push({
        name: `${unquoted(begins.author)}:${unquoted(begins.id)}`,
        lines: [],
        isRunAgain: /\b(?:runOnChange|runAlways):\s*"?true/i.test(line),
      })
    else if (!ATTRIBUTE.test(line)) found.at(-1)?.lines.push(line)
  }
  return found.map(({ name, lines, isRunAgain }) => ({ name, sql: lines.join('\n').trim(), isRunAgain }))
}

const FORMATTED = /^\ufeff?\s*--\s*liquibase\s+formatted\s+sql/i
const CHANGESET = /^\s*--\s*changeset\s+(?<author>"[^"]+"|[^\s:]+):(?<id>"[^"]+"|\S+)/i

/** Lines of the changeset's own, which are no SQL of it. */
const ATTRIBUTE =
  /^\s*--\s*(?:rollback\b|comment:?\s|preconditions\b|precondition-[\w-]+|validCheckSum:?\s|property\s)/i

function unquoted(text = ''): string {
  return text.replace(/^"(.*)"$/, '$1')
}

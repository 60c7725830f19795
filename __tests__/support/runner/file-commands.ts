/**
 * Reads a file of `NAME=value` lines and `NAME<<DELIMITER` blocks as the runner does (FileCommandManager.cs).
 * The last of several values of one name wins. Throws, in the runner's words, where the runner fails the step.
 */
export function parseKeyValues(text: string): Map<string, string> {
  const values = new Map<string, string>()
  const lines = readLines(text)
  for (let index = 0; index < lines.length; index += 1) {
    const { line } = lines[index] as Line
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
      const block = readBlock(lines, index)
      values.set(block.name, block.value)
      index = block.last
    } else if (equals >= 0) {
      if (equals === 0) throw new Error(`Invalid format '${line}'. Name must not be empty`)
      values.set(line.slice(0, equals), line.slice(equals + 1))
    } else {
      throw new Error(`Invalid format '${line}'`)
    }
  }
  return values
}

interface Line {
  readonly line: string
  readonly ended: boolean
}

function readLines(text: string): Line[] {
  const parts = text.split('\n')
  const last = parts.pop() ?? ''
  const ended = parts.map((line) => ({ line, ended: true }))
  return last === '' ? ended : [...ended, { line: last, ended: false }]
}

function readBlock(lines: readonly Line[], first: number): { name: string; value: string; last: number } {
  const { line } = lines[first] as Line
  const cut = line.indexOf('<<')
  const name = line.slice(0, cut)
  const delimiter = line.slice(cut + 2)
  if (name === '' || delimiter === '') {
    throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`)
  }
  const content: string[] = []
  for (let index = first + 1; index < lines.length; index += 1) {
    const next = lines[index] as Line
    if (next.line === delimiter) return { name, value: content.join('\n'), last: index }
    if (!next.ended) throw new Error('Invalid value. EOF marker missing new line.')
    content.push(next.line)
  }
  throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
}

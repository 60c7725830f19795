/** A workflow command, as the runner read it out of a line. */
export interface ActionCommand {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
  /** 2: `::name k=v::data` at the start of a line · 1: `##[name k=v;]data` anywhere in it. */
  readonly version: 1 | 2
}

/**
 * Reads a line as the runner does (ActionCommand.cs): version 2 after white space at the start, else version 1
 * anywhere. Only names in `registered` (lower case) count; what is none of them is an ordinary line.
 */
export function parseActionCommand(line: string, registered: ReadonlySet<string>): ActionCommand | undefined {
  return parseVersion2(line, registered) ?? parseVersion1(line, registered)
}

function parseVersion2(line: string, registered: ReadonlySet<string>): ActionCommand | undefined {
  // .NET's TrimStart takes U+0085 for white space and U+FEFF not; JavaScript's the other way round.
  const text = line.replace(/^(?:(?!\ufeff)[\s\u0085])+/, '')
  if (!text.startsWith('::')) return undefined
  const end = text.indexOf('::', 2)
  if (end < 0) return undefined
  const { name, rest } = splitName(text.slice(2, end))
  if (!registered.has(name.toLowerCase())) return undefined
  return {
    version: 2,
    name,
    properties: parseProperties(rest, ',', unescapeProperty2),
    data: unescape2(text.slice(end + 2)),
  }
}

function parseVersion1(line: string, registered: ReadonlySet<string>): ActionCommand | undefined {
  const start = line.indexOf('##[')
  if (start < 0) return undefined
  const end = line.indexOf(']', start)
  if (end < 0) return undefined
  const { name, rest } = splitName(line.slice(start + 3, end))
  if (!registered.has(name.toLowerCase())) return undefined
  return {
    version: 1,
    name,
    properties: parseProperties(rest, ';', unescape1),
    data: unescape1(line.slice(end + 1)),
  }
}

function splitName(info: string): { name: string; rest: string } {
  const space = info.indexOf(' ')
  return space < 0
    ? { name: info, rest: '' }
    : { name: info.slice(0, space), rest: info.slice(space + 1).trim() }
}

function parseProperties(
  text: string,
  separator: string,
  decode: (text: string) => string,
): Record<string, string> {
  const properties: Record<string, string> = {}
  for (const pair of text.split(separator)) {
    const equals = pair.indexOf('=')
    if (equals >= 0) properties[pair.slice(0, equals).toLowerCase()] = decode(pair.slice(equals + 1))
  }
  return properties
}

function unescape2(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}

function unescapeProperty2(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%')
}

function unescape1(text: string): string {
  return text
    .replaceAll('%3B', ';')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%5D', ']')
    .replaceAll('%25', '%')
}

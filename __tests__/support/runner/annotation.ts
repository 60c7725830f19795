import { isAbsolute, relative } from 'node:path'
import type { ActionCommand } from './action-command.js'

export interface ShownAnnotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly message: string
  readonly title?: string
  readonly file?: string
  readonly line?: number
  readonly endLine?: number
  readonly column?: number
  readonly endColumn?: number
}

/** What the runner makes of an `error`, `warning` or `notice` command: its rules for lines, columns and files. */
export function makeAnnotation(
  level: ShownAnnotation['level'],
  { data, properties }: ActionCommand,
  workspace: string,
  mask: (text: string) => string,
): ShownAnnotation {
  const { title, file } = properties
  return {
    level,
    message: mask(data).slice(0, 4096),
    ...(title === undefined ? {} : { title: mask(title) }),
    ...(file === undefined ? {} : { file: mask(relativeTo(workspace, file)) }),
    ...place(properties),
  }
}

function relativeTo(workspace: string, file: string): string {
  if (!isAbsolute(file)) return file
  const inside = relative(workspace, file)
  return inside.startsWith('..') ? file : inside
}

/** ValidateLinesAndColumns of ActionCommandManager.cs. */
function place(properties: Readonly<Record<string, string>>): Partial<ShownAnnotation> {
  let line = toNumber(properties.line)
  let endLine = toNumber(properties.endline)
  let column = toNumber(properties.col)
  let endColumn = toNumber(properties.endcolumn)
  line ??= endLine
  column ??= endColumn
  if (line === undefined || (endLine !== undefined && line !== endLine)) {
    column = undefined
    endColumn = undefined
  }
  if (line !== undefined && endLine !== undefined && endLine < line) {
    line = undefined
    endLine = undefined
  }
  if (column !== undefined && endColumn !== undefined && endColumn < column) {
    column = undefined
    endColumn = undefined
  }
  return {
    ...(line === undefined ? {} : { line }),
    ...(endLine === undefined ? {} : { endLine }),
    ...(column === undefined ? {} : { column }),
    ...(endColumn === undefined ? {} : { endColumn }),
  }
}

function toNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*[-+]?\d+\s*$/.test(text) ? Number(text) : undefined
}

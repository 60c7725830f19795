import type { Annotation } from './annotations.js'
import { guardLog } from './foreign-text.js'

/**
 * The workflow command that makes GitHub show an annotation: one line without line end.
 * Escapes as GitHub's own toolkit does: `%`, CR, LF everywhere, `:` and `,` in properties as well.
 */
export function renderAnnotation(annotation: Annotation): string {
  const { level, title, message, file, line, endLine, column, endColumn } = annotation
  const properties = { title, file, line, endLine, col: column, endColumn }
  const given = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}=${escapeProperty(String(value))}`],
  )
  return `::${level}${given.length === 0 ? '' : ` ${given.join(',')}`}::${escapeData(guardLog(message))}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(guardLog(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

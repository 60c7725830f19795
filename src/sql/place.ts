import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import type { Span } from '../model/position.js'
import { excerpt } from './excerpt.js'
import { positionOf } from './position.js'
import { shownText } from './shown-text.js'

/** Where in a file a finding is. */
export function place(
  file: MigrationFile,
  span: Span,
): Required<Pick<Finding, 'file' | 'position' | 'excerpt'>> {
  const position = positionOf(file.text, span)
  return { file: file.path, position, excerpt: excerpt(file.text, position, shownText(file)) }
}

import type { Finding } from '../../model/finding.js'
import type { MigrationFile } from '../../model/migration.js'
import { excerpt } from '../../sql/excerpt.js'
import { shownText } from '../../sql/shown-text.js'

/** Findings that were made when a file was loaded, with the excerpts that may be shown; none where that can not be told. */
export function hideInFindings(findings: readonly Finding[], files: readonly MigrationFile[]): Finding[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  return findings.map((finding) => {
    const { excerpt: shown, ...rest } = finding
    if (shown === undefined) return finding
    const file = finding.file === undefined ? undefined : byPath.get(finding.file)
    return file && rest.position
      ? { ...rest, excerpt: excerpt(file.text, rest.position, shownText(file)) }
      : rest
  })
}

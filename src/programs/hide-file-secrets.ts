import type { Config } from '../model/config.js'
import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import { withSecrets } from '../rules/secrets/with-secrets.js'
import { excerpt } from '../sql/excerpt.js'
import { shownText } from '../sql/shown-text.js'

/**
 * Files with their secrets found: no excerpt shows them, and `config.redact` takes them out of what the parser and the
 * server quote. To be called before anything of a file is judged, sent or shown.
 */
export async function hideFileSecrets(
  files: readonly MigrationFile[],
  config: Pick<Config, 'hide'>,
): Promise<MigrationFile[]> {
  const read = await withSecrets(files)
  const secrets = read.flatMap(({ secrets = [] }) => secrets)
  // A word that everybody knows is no secret, and to replace it everywhere would only destroy texts.
  const values = secrets.filter(({ kind }) => kind !== 'weak').map(({ value }) => value)
  if (values.length > 0) config.hide(values)
  return read
}

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

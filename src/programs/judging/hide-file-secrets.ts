import type { Config } from '../../model/config.js'
import type { MigrationFile } from '../../model/migration.js'
import { withSecrets } from '../../rules/secrets/with-secrets.js'
import { openBreathing } from './breathing.js'

/**
 * Files with their secrets found: no excerpt shows them, and `config.redact` takes them out of what the parser and the
 * server quote. To be called before anything of a file is judged, sent or shown.
 *
 * @throws Ended where the run is asked to end meanwhile
 */
export async function hideFileSecrets(
  files: readonly MigrationFile[],
  config: Pick<Config, 'hide'>,
  signal?: AbortSignal,
): Promise<MigrationFile[]> {
  const read = await withSecrets(files, openBreathing(signal).pause)
  const secrets = read.flatMap(({ secrets = [] }) => secrets)
  // A word that everybody knows is no secret, and to replace it everywhere would only destroy texts.
  const values = secrets.filter(({ kind }) => kind !== 'weak').map(({ value }) => value)
  if (values.length > 0) config.hide(values)
  return read
}

import { readFile, stat } from 'node:fs/promises'
import { UserError } from '../model/user-error.js'
import type { DatabaseUrl } from './parse-database-url.js'

/**
 * The PEM text of the authorities that `sslrootcert` in a URL names, if it names any.
 *
 * @throws UserError when the file can not be read
 */
export async function loadRootCertificate({
  sslRootCert: path,
}: Pick<DatabaseUrl, 'sslRootCert'>): Promise<string | undefined> {
  if (!path) return undefined
  try {
    // Opening a FIFO would wait for ever.
    if ((await stat(path)).isFile()) return await readFile(path, 'utf8')
  } catch {
    // Told below.
  }
  throw new UserError([
    {
      message: 'The file that sslrootcert names can not be read.',
      help: 'Give the path of a PEM file, or use the input tls-ca.',
    },
  ])
}

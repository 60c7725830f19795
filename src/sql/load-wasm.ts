import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from '../model/user-error.js'

const NAME = 'libpg-query.wasm'

/**
 * The bytes of the parser: from beside the bundle in `dist/`, else from the nearest `node_modules`.
 *
 * @throws UserError where the installation lacks it
 */
export async function loadWasm(folder: string): Promise<Uint8Array> {
  const beside = await readIfThere(join(folder, NAME))
  if (beside !== undefined) return beside
  for (let at = folder; ; at = dirname(at)) {
    const found = await readIfThere(join(at, 'node_modules/libpg-query/wasm', NAME))
    if (found !== undefined) return found
    if (at === dirname(at)) break
  }
  throw new UserError([
    {
      message: `The SQL parser's file ${NAME} is missing: it belongs into ${folder}.`,
      help: 'Install the tool again, or build it with `npm run build`.',
    },
  ])
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  return readFile(path).catch(() => undefined)
}

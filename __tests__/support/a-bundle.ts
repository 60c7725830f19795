import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { aFolder } from './postgres/a-folder.js'

/** The two bundles where no `node_modules` is in reach, as GitHub's runner has them. */
export interface Bundle {
  readonly action: string
  readonly cli: string
  [Symbol.asyncDispose](): Promise<void>
}

/** A copy of `dist/` in a folder of its own: what isn't in the bundle is missing there. */
export async function aBundle(): Promise<Bundle> {
  const folder = await aFolder()
  const dist = join(folder.path, 'dist')
  await cp(fileURLToPath(new URL('../../dist', import.meta.url)), dist, { recursive: true })
  return {
    action: join(dist, 'index.js'),
    cli: join(dist, 'cli.js'),
    [Symbol.asyncDispose]: async () => await folder[Symbol.asyncDispose](),
  }
}

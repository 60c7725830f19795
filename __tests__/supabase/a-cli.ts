import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Need } from '../support/needs.js'

/** The releases that are tested, by what they are called here. */
export type CliName = (typeof CLIS)[number]['name']

export const CLIS = [
  { name: 'newest', version: '3.1.0', folder: 'newest', package: 'supabase' },
  /** The last of 2.x that there is. */
  { name: '2.122', version: '2.122.1', folder: 'older', package: 'cli-2.122' },
  /** The first that builds an index concurrently beside other statements. */
  { name: '2.110', version: '2.110.0', folder: 'older', package: 'cli-2.110' },
  /** The last that sends a file as one pipeline. */
  { name: '2.109', version: '2.109.0', folder: 'older', package: 'cli-2.109' },
] as const

/** The program of a Supabase CLI as npm installs it. `node scripts/install-supabase-clis.mjs` puts it there. */
export function cliPath(wanted: CliName): string {
  const { folder, package: name } = CLIS.find((each) => each.name === wanted) ?? CLIS[0]
  return fileURLToPath(new URL(`clis/${folder}/node_modules/${name}/dist/supabase.js`, import.meta.url))
}

/** `needs(theCli('newest')).it('…', …)` */
export function theCli(name: CliName = 'newest'): Need {
  return {
    what: `the Supabase CLI ${name} (node scripts/install-supabase-clis.mjs)`,
    isThere: existsSync(cliPath(name)),
  }
}

import { relative, sep } from 'node:path'
import type { Config } from '../model/config.js'

/** From a name in the migrations folder to the path that findings show; the empty name is the folder itself. */
export function makePathOf({
  base,
  directory,
}: Pick<Config, 'base' | 'directory'>): (name: string) => string {
  const folder = relative(base, directory)
  const slashed = sep === '/' ? folder : folder.replaceAll(sep, '/')
  return (name) => (slashed && name ? `${slashed}/${name}` : slashed || name)
}

import { relative, sep } from 'node:path'
import { isInside } from './is-inside.js'

/** A path as people know it: relative to the base, with `/`; absolute where it lies elsewhere. */
export function pathFrom(base: string, path: string): string {
  return isInside(base, path) ? relative(base, path).split(sep).join('/') || '.' : path
}

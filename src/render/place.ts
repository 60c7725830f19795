import type { Position } from '../model/position.js'

/** `path:line:column`, as editors and terminals open it; the path alone where there is no position. */
export function renderPlace(path: string, position: Position | undefined): string {
  return position === undefined ? path : `${path}:${position.line}:${position.column}`
}

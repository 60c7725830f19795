import type { Position } from '../model/position.js'
import { encodePath } from './encode-uri.js'

export interface SarifArtifactLocation {
  readonly uri: string
  readonly uriBaseId?: '%SRCROOT%'
}

/** Lines and columns from 1, the end exclusive. */
export interface SarifRegion {
  readonly startLine: number
  readonly startColumn: number
  readonly endLine: number
  readonly endColumn: number
}

export interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: SarifArtifactLocation
    readonly region: SarifRegion
  }
}

/** Where a finding lies. One about a whole file lies at its first character, since GitHub wants a place. */
export function makeSarifLocation(file: string, position: Position | undefined): SarifLocation {
  const region = makeRegion(position ?? { line: 1, column: 1, endLine: 1, endColumn: 1 })
  return { physicalLocation: { artifactLocation: makeArtifactLocation(file), region } }
}

/** A path as a URI: relative to the root of the repository, unless it is absolute. */
export function makeArtifactLocation(path: string): SarifArtifactLocation {
  if (/^[A-Za-z]:[\\/]/.test(path)) {
    return { uri: `file:///${path.slice(0, 2)}${encodePath(path.slice(2).replaceAll('\\', '/'))}` }
  }
  if (path.startsWith('/')) return { uri: `file://${encodePath(path)}` }
  return { uri: encodePath(path) || '.', uriBaseId: '%SRCROOT%' }
}

/** A position whose end comes before its start is the one place where it starts. */
export function makeRegion({ line, column, endLine, endColumn }: Position): SarifRegion {
  const isBackwards = endLine < line || (endLine === line && endColumn < column)
  return {
    startLine: line,
    startColumn: column,
    endLine: isBackwards ? line : endLine,
    endColumn: (isBackwards ? column : endColumn) + 1,
  }
}

import type { MigrationFile } from '../model/migration.js'
import { versionKey } from '../model/version.js'

/**
 * Finds what a reference means: the indexes of the files with that name, else that name without its ending (or of that
 * folder), else that version. More than one: it is ambiguous.
 */
export function makeResolver(files: readonly MigrationFile[]): (reference: string) => readonly number[] {
  const names = indexBy(files, ({ name }) => name)
  const stems = indexBy(files, ({ name }) => stemOf(name))
  const versions = indexBy(files, ({ version }) => versionKey(version))
  return (reference) => {
    const written = reference.replace(/^\.\//, '').normalize('NFC')
    return names.get(written) ?? stems.get(stemOf(written)) ?? versions.get(versionKey(written)) ?? []
  }
}

function stemOf(name: string): string {
  return name.replace(/\/(?:migration|up)\.sql$|(?:\.up)?\.sql$/, '')
}

function indexBy(
  files: readonly MigrationFile[],
  key: (file: MigrationFile) => string,
): Map<string, number[]> {
  const index = new Map<string, number[]>()
  for (const [position, file] of files.entries()) {
    const written = key(file).normalize('NFC')
    const same = index.get(written)
    if (same) same.push(position)
    else index.set(written, [position])
  }
  return index
}

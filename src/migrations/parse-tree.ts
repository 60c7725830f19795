/** A file that a commit holds. */
export interface TreeEntry {
  /** Name of its content: SHA-1 or SHA-256, hexadecimal. */
  readonly id: string
  /** From the repository's root, with `/`. */
  readonly path: string
}

/** Reads what `git ls-tree -r -z` prints: the regular files; links and submodules are left out. */
export function parseTree(output: Buffer): TreeEntry[] {
  return output
    .toString()
    .split('\0')
    .flatMap((line) => {
      const { id, path } = /^100\d{3} blob (?<id>[0-9a-f]+)\t(?<path>.+)$/s.exec(line)?.groups ?? {}
      return id === undefined || path === undefined ? [] : [{ id, path }]
    })
}

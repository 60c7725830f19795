/** Enough of a checksum for a sentence: its algorithm and twelve digits. */
export function shortChecksum(checksum: string): string {
  const [, start] = /^((?:sha256:)?.{12})./su.exec(checksum) ?? []
  return start === undefined ? checksum : `${start}…`
}

import type { MigrationFile } from '../model/migration.js'

/**
 * What the bytes of a file may have been where it was applied: a checkout can change line ends, and our texts are without
 * a byte-order mark. As it is here comes first.
 */
export function textVariants({ text }: Pick<MigrationFile, 'text'>): readonly string[] {
  const lines = text.replaceAll('\r\n', '\n')
  const ends = [...new Set([text, lines, lines.replaceAll('\n', '\r\n')])]
  return [...ends, ...ends.map((each) => `\ufeff${each}`)]
}

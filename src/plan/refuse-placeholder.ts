import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import type { Misplaced } from '../sql/find-placeholders.js'
import { place } from '../sql/place.js'

/** `${NAME}` where it looks filled in and would not be. */
export function refusePlaceholder(file: MigrationFile, { start, end, name, why, help }: Misplaced): Finding {
  return {
    rule: 'misplaced-substitution',
    severity: 'error',
    ...place(file, { start, end }),
    message: `\${${name}} ${why}.`,
    help,
  }
}

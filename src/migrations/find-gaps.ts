import type { Strictness } from '../model/config.js'
import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import { versionKey } from '../model/version.js'

/**
 * Numbers left out among versions that count: 01, 02, 04. Days and moments do not count, and where the counting begins
 * is nobody's business.
 */
export function findGaps(files: readonly MigrationFile[], strictness: Strictness): Finding[] {
  if (strictness === 'off') return []
  const severity = strictness === 'error' ? 'error' : 'warning'
  const counted = files
    .flatMap((file) => {
      const number = numberOf(file)
      return number === undefined ? [] : [{ file, number }]
    })
    .sort((a, b) => a.number - b.number)
  return counted.flatMap(({ file, number }, index) => {
    const before = counted[index - 1]
    if (before === undefined || number - before.number <= 1) return []
    return [{ ...RULE, severity, file: file.path, ...tell(before, { file, number }) }]
  })
}

const RULE = { rule: 'version-gap' } as const

interface Counted {
  readonly file: MigrationFile
  readonly number: number
}

const LONGEST_COUNTED = 6

function numberOf({ version, style }: MigrationFile): number | undefined {
  if (style === 'timestamp' || style === 'date') return undefined
  // Of a folder the whole name is the version.
  const digits = style === 'folder' ? /^\d+(?=_)/.exec(version)?.[0] : versionKey(version)
  const isNumber = digits !== undefined && /^\d+$/.test(digits) && digits.length <= LONGEST_COUNTED
  return isNumber ? Number(digits) : undefined
}

function tell(before: Counted, after: Counted): Pick<Finding, 'message' | 'help'> {
  const first = before.number + 1
  const last = after.number - 1
  const missing = first === last ? `Version ${first} is` : `Versions ${first} to ${last} are`
  return {
    message: `${missing} missing: ${after.file.name} follows ${before.file.name}.`,
    help: 'Was a file forgotten? Otherwise number the newer ones on, as long as they are applied nowhere.',
  }
}

import type { Finding } from '../model/finding.js'
import { foreignLayout } from './foreign-layout.js'
import { type ParsedName, STYLES } from './parse-name.js'

/** Why a `.sql` file is no migration that could be placed. A file that is passed over in silence is never applied. */
export function refuseName(
  name: string,
  file: string,
  parsed: Extract<ParsedName, { kind: 'unsupported' | 'bad' }>,
): Finding {
  if (parsed.kind === 'unsupported') {
    return {
      rule: 'unsupported-file',
      severity: 'error',
      file,
      message: `${name} is ${parsed.what}, which is not carried out here.`,
      help: 'Turn it into an ordinary migration, or exclude it.',
    }
  }
  return {
    rule: 'bad-name',
    severity: 'error',
    file,
    message: `${name} fits no naming style, so it has no version and no place in the order.`,
    help: foreignLayout(name) ?? `Rename it (${STYLES}), or exclude it.`,
  }
}

import type { NamingStyle } from '../model/migration.js'

/** What the name of a `.sql` file says. */
export type ParsedName =
  | {
      readonly kind: 'up'
      readonly version: string
      readonly style: NamingStyle
      /** Files of one folder must agree on it: the style, and for `folder` whether the folders' versions are dates. */
      readonly family: string
    }
  /** A down file: what undoes the migration of that version, and never run as one. Without a version nothing belongs to it. */
  | { readonly kind: 'down'; readonly version?: string }
  /** A kind of file of another tool that is known and not carried out. */
  | { readonly kind: 'unsupported'; readonly what: string }
  | { readonly kind: 'bad' }

/** @param name path relative to the migrations folder, with `/` */
export function parseName(name: string): ParsedName {
  if (/\p{Cc}/u.test(name)) return { kind: 'bad' }
  const [first = '', second, ...deeper] = name.split('/')
  if (deeper.length > 0) return { kind: 'bad' }
  return second === undefined ? fileName(first) : folderName(first, second)
}

/** For messages. */
export const STYLES =
  '01_name.sql, 20260120103000_name.sql, 2026-01-20_name.sql, V1__name.sql, R__name.sql, or a folder 01_name with migration.sql or up.sql'

function fileName(name: string): ParsedName {
  if (!name.endsWith('.sql')) return { kind: 'bad' }
  const stem = name.slice(0, -'.sql'.length)
  if (/\.(down|undo)$/.test(stem)) return down(versioned(stem.replace(/\.(down|undo)$/, '')))
  if (/^R__./.test(stem)) return { ...up(stem, 'flyway'), family: 'repeatable' }
  if (/^B[\d._]*__./.test(stem)) return { kind: 'unsupported', what: 'a baseline migration (B__)' }
  if (/^U\d+(?:[._]\d+)*__./.test(stem)) return down(versioned(`V${stem.slice(1)}`))
  return versioned(stem.replace(/\.up$/, '')) ?? { kind: 'bad' }
}

function versioned(stem: string): ParsedName | undefined {
  const flyway = /^V(\d+(?:[._]\d+)*)__./.exec(stem)?.[1]
  return flyway ? up(flyway.replaceAll('_', '.'), 'flyway') : plain(stem)
}

function down(of: ParsedName | undefined): ParsedName {
  return of?.kind === 'up' ? { kind: 'down', version: of.version } : { kind: 'down' }
}

function plain(stem: string): ParsedName | undefined {
  if (/^\d{4}-\d{2}-\d{2}[_-]./.test(stem)) return up(stem, 'date')
  // `2026-1-20_x` is a date gone wrong, not the number 2026.
  if (/^\d{4}-\d+-/.test(stem)) return undefined
  // Without a name it is a version where it is too long to be a mere number (graphile-migrate, Atlas).
  const number = /^(?:(\d+)[_-].|(\d{6,})$)/.exec(stem)?.slice(1).find(Boolean)
  return number ? up(number, number.length === 14 ? 'timestamp' : 'number') : undefined
}

// Histories of this style (Prisma's) hold folders that share a timestamp: only the whole name tells them apart.
function folderName(folder: string, file: string): ParsedName {
  const named = plain(folder)
  if (file === 'down.sql') return down(named?.kind === 'up' ? up(folder, 'folder') : undefined)
  if (file !== 'migration.sql' && file !== 'up.sql') return { kind: 'bad' }
  if (named?.kind !== 'up') return { kind: 'bad' }
  return { ...up(folder, 'folder'), family: familyOf(named) }
}

// A day in 8 digits and a moment in 14 are both dates, and as numbers every day would come before every moment.
function familyOf({ style, version }: { style: NamingStyle; version: string }): string {
  if (style === 'date') return 'folder of dates'
  return /^(19|20)\d{6}$/.test(version) ? 'folder of days' : 'folder'
}

function up(version: string, style: NamingStyle) {
  return { kind: 'up', version, style, family: style } as const
}

import type { MigrationFile } from '../model/migration.js'

/**
 * A name for a new migration that comes after another: in its style, by the clock where the style is one of days or
 * moments.
 *
 * @param newest of all versions in the folder
 * @param what it does, in letters, digits, `_` and `-`
 */
export function nameNext(
  { name, style }: Pick<MigrationFile, 'name' | 'style'>,
  what: string,
  now: Date,
): string {
  if (style === 'folder') {
    const [folder = '', file = 'migration.sql'] = name.split('/')
    return `${nextStem(folder, what, now)}/${file}`
  }
  if (style !== 'flyway') return `${nextStem(name, what, now)}.sql`
  const number = /^V(\d+)/.exec(name)?.[1] ?? '0'
  return `V${plusOne(number)}__${what}.sql`
}

function nextStem(name: string, what: string, now: Date): string {
  const date = /^\d{4}-\d{2}-\d{2}/.exec(name)?.[0]
  if (date !== undefined) return `${dayAfter(date, now)}_${what}`
  const number = /^\d+/.exec(name)?.[0] ?? '0'
  const separator = name.charAt(number.length) === '-' ? '-' : '_'
  return `${nextNumber(number, now)}${separator}${what}`
}

function nextNumber(number: string, now: Date): string {
  if (/^(?:19|20)\d{6}$/.test(number)) {
    const date = `${number.slice(0, 4)}-${number.slice(4, 6)}-${number.slice(6)}`
    return dayAfter(date, now).replaceAll('-', '')
  }
  return number.length === 14 ? momentAfter(number, now) : plusOne(number)
}

function plusOne(number: string): string {
  return String(BigInt(number) + 1n).padStart(number.length, '0')
}

/** Today, or the day after the given one where that is not past. */
function dayAfter(date: string, now: Date): string {
  const today = now.toISOString().slice(0, 10)
  if (today > date) return today
  const day = new Date(`${date}T00:00:00Z`)
  // A day that no calendar has.
  if (Number.isNaN(day.getTime())) return `${plusOne(date.slice(0, 4))}-01-01`
  day.setUTCDate(day.getUTCDate() + 1)
  return day.toISOString().slice(0, 10)
}

/** Now, or the second after the given moment where that is not past. */
function momentAfter(moment: string, now: Date): string {
  const present = digitsOf(now)
  if (present > moment) return present
  const [, date, hours, minutes, seconds] = /^(\d{4}\d{2}\d{2})(\d{2})(\d{2})(\d{2})$/.exec(moment) ?? []
  const day = date?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  const time = new Date(`${day}T${hours}:${minutes}:${seconds}Z`).getTime()
  // Counted in the form of a moment: 20260120240001.
  return Number.isNaN(time) ? plusOne(moment) : digitsOf(new Date(time + 1000))
}

function digitsOf(time: Date): string {
  return time.toISOString().replace(/\D/g, '').slice(0, 14)
}

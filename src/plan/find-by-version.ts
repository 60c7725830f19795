import { versionKey } from '../model/version.js'

/** What a version names: exactly, or by how its version begins where that is one's alone (`2026-01-20`). */
export function findByVersion<T extends { readonly version: string }>(
  version: string,
  all: readonly T[],
): T | undefined {
  const exactly = all.find((each) => versionKey(each.version) === versionKey(version))
  const begins = all.filter(
    (each) => each.version.startsWith(version) && /^[_-]/.test(each.version.slice(version.length)),
  )
  return exactly ?? (begins.length === 1 ? begins[0] : undefined)
}

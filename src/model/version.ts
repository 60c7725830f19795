/**
 * One spelling for versions that are the same: `1` and `01`, `1_2` and `1.2`. Versions that are no dotted numbers
 * (dates with a name) are themselves.
 */
export function versionKey(version: string): string {
  // What nearly every file's version is, thousands of times a run.
  if (/^[1-9]\d*$/.test(version)) return version
  if (!/^\d+([._]\d+)*$/.test(version)) return version
  const parts = version.split(/[._]/).map((part) => BigInt(part))
  while (parts.length > 1 && parts.at(-1) === 0n) parts.pop()
  return parts.join('.')
}

/** By {@link versionKey}; of several with one key the last. */
export function byVersion<Item extends { readonly version: string }>(
  items: readonly Item[],
): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [versionKey(item.version), item]))
}

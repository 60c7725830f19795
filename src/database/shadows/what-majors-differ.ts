/** What a shadow of another major than the target can't tell, as sentences. */
export function whatMajorsDiffer(shadow: number, target: number): string[] {
  if (shadow === target) return []
  const both = `The shadow is PostgreSQL ${shadow} and the target ${target}`
  return shadow > target
    ? [`${both}: what only the newer one knows passes here and fails there.`]
    : [`${both}: what only the newer one knows fails here and passes there.`]
}

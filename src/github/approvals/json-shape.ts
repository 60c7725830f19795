/** Readers of JSON that GitHub sent. What is not there, or is something else, is undefined: whoever needs it says so. */

export function fieldOf(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string, unknown>)[key]
        : undefined,
    value,
  )
}

export function textOf(value: unknown, ...path: readonly string[]): string | undefined {
  const found = fieldOf(value, ...path)
  return typeof found === 'string' ? found : undefined
}

export function numberOf(value: unknown, ...path: readonly string[]): number | undefined {
  const found = fieldOf(value, ...path)
  return typeof found === 'number' && Number.isSafeInteger(found) ? found : undefined
}

export function listOf(value: unknown, ...path: readonly string[]): readonly unknown[] | undefined {
  const found = fieldOf(value, ...path)
  return Array.isArray(found) ? found : undefined
}

/** `{ key: value }`, or nothing to spread where there is no value. */
export function given<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: T })
}

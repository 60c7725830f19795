/**
 * The name that the server gives to a constraint without one, if it is not taken: `orders_total_check`. Undefined where
 * the server would cut it.
 *
 * @param what the end of the name: `check`, `fkey`, `key`
 */
export function constraintName(
  table: string | undefined,
  columns: readonly string[],
  what: string,
): string | undefined {
  const name = [table ?? '', ...columns, what].join('_')
  return new TextEncoder().encode(name).length > LONGEST_NAME ? undefined : name
}

/** Bytes of UTF-8. */
const LONGEST_NAME = 63

import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import type { Major } from '../support/postgres/major.js'

/** Databases for runs side by side: one run's reset must not touch another's. */
export async function openDatabases(
  major: Major,
  count: number,
): Promise<AsyncDisposable & { readonly list: readonly TestDatabase[] }> {
  const list = await Promise.all(Array.from({ length: count }, () => aDatabase({ major })))
  return {
    list,
    async [Symbol.asyncDispose]() {
      for (const database of list) await database[Symbol.asyncDispose]()
    },
  }
}

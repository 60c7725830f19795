import { aClient } from '../support/postgres/a-client.js'

/** SQL that goes on once the test lets it, however long that takes: what a session holds is no row that a crash could take. */
export const waitsFor = (what: number) => `do $$ begin
  while not exists (select from pg_locks where locktype = 'advisory' and granted and objid = ${what})
  loop perform pg_sleep(0.02); end loop; end $$;`
export const WAITS = waitsFor(1)

/** Lets all go on that waits so, until it is disposed of, or the server ends. */
export async function letGo({ url }: { readonly url: string }, what = 1): Promise<AsyncDisposable> {
  const client = await aClient(url)
  await client.query('select pg_advisory_lock($1)', [what])
  return client
}

import { ConnectionError } from '../../model/connection-error.js'
import { lineOf } from '../connecting/reconnect.js'
import type { Way } from '../way.js'
import { ensureTables } from './ensure-tables.js'

/** What a target was moved to is recorded, and the Supabase CLI's table brought into step, where nothing is left to apply. */
export async function writeWithoutWork(run: Way): Promise<void> {
  const { session, known } = run
  const failure = await ensureTables(lineOf(run, session, known), run)
  if (failure) throw new ConnectionError({ message: `${failure.message}.`, help: 'Run again.' }, 'cut')
}

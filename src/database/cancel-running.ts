import pg from 'pg'
import type { Reply } from '../model/session.js'

/**
 * Asks the server to end what it runs for a client, and again while the same message goes on: a request that comes
 * before the message has arrived is lost. Needs no free connection slot and no password. Never throws.
 *
 * @param running the message that is being answered, if there is one
 */
export async function cancelRunning(
  client: pg.Client,
  settings: pg.ClientConfig,
  running: () => Promise<Reply> | undefined,
): Promise<void> {
  const asked = running()
  for (let tries = 0; asked !== undefined && running() === asked && tries < TRIES; tries++) {
    await sendCancelRequest(client, settings)
    await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, PAUSE_MS))])
  }
}

const TRIES = 10
const PAUSE_MS = 400

interface Wire {
  startup(): void
  cancel(processId: number, secret: number): void
}

/** The request goes where the start-up message would: after TLS, without authentication. The server only hangs up. */
async function sendCancelRequest(client: pg.Client, settings: pg.ClientConfig): Promise<void> {
  const { processID, secretKey } = client as pg.Client & { processID: number; secretKey: number }
  const messenger = new pg.Client({ ...settings, connectionTimeoutMillis: PATIENCE_MS })
  messenger.on('error', () => {})
  const wire = (messenger as pg.Client & { connection: Wire }).connection
  wire.startup = () => wire.cancel(processID, secretKey)
  try {
    await messenger.connect()
  } catch {
    // Hung up, as it should be; or not reached, and the next try may.
  }
  void messenger.end().catch(() => {})
}

const PATIENCE_MS = 2_000

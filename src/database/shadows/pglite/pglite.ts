import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Session } from '../../../model/session.js'
import { makeDoor } from '../../open-session.js'
import type { FoundShadow, NotFound, OnNotice, Shadow, ShadowKind, ShadowRequest } from '../shadow.js'
import { whatMajorsDiffer } from '../what-majors-differ.js'
import { findPglite } from './find-pglite.js'
import { openPgliteStream } from './pglite-stream.js'
import { type PgliteWorker, startWorker } from './start-worker.js'
import { tellSlow } from './tell-slow.js'

/**
 * PostgreSQL as WebAssembly in a thread of this process, where the project has installed it. One session; all of it is in
 * memory, and nothing reaches out of it.
 */
export const pglite: ShadowKind = { find }

async function find(request: ShadowRequest): Promise<FoundShadow | NotFound> {
  const own = dirname(fileURLToPath(import.meta.url))
  const file = findPglite([...request.searched, own])
  return file === undefined
    ? { why: 'PGlite is not installed in the project' }
    : { open: () => open(file, request) }
}

/** The only one there is. */
const DATABASE = 'postgres'
const ROLE = 'postgres'

async function open(file: string, request: ShadowRequest): Promise<Shadow> {
  const worker = await startWorker(file, request.answersWithinMs)
  const openOne = (onNotice: OnNotice) => openSession(worker, request, onNotice)
  try {
    const major = await askMajor(await openOne(() => {}))
    return {
      open: openOne,
      openAsOwner: openOne,
      where: `on PGlite, PostgreSQL ${major} as WebAssembly, in this process`,
      major,
      limits: [...whatMajorsDiffer(major, request.target.serverMajor), ALONE],
      ownRole: false,
      rename: async () => {},
      isContained: true,
      isShared: false,
      singleConnection: true,
      [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose](),
    }
  } catch (error) {
    await worker[Symbol.asyncDispose]()
    throw error
  }
}

const ALONE =
  'PGlite has one superuser and few extensions: missing rights do not show in it, and files that need other extensions fail.'

async function askMajor(session: Session): Promise<number> {
  await using asked = session
  const { results, error } = await asked.send("SELECT current_setting('server_version_num');")
  const version = Number(results[0]?.rows[0]?.[0])
  if (!(version > 0)) throw new Error(`PGlite does not answer: ${error?.message ?? 'nothing came'}`)
  return Math.floor(version / 10_000)
}

/** The server's session is the same each time: it is left as it was found. */
async function openSession(
  worker: PgliteWorker,
  { redact, run, observe = () => {} }: ShadowRequest,
  onNotice: OnNotice,
): Promise<Session> {
  const opened = openPgliteStream(worker)
  const url = `postgresql://${ROLE}@localhost/${DATABASE}?sslmode=disable`
  const door = await makeDoor(url, { databaseSource: 'PGlite', redact, run }, { stream: () => opened.stream })
  const session = await door.open(onNotice)
  return {
    ...session,
    send: async (sql, options = {}) => {
      opened.copies = options.copies ?? []
      using _telling = tellSlow(observe)
      return await session.send(sql, options)
    },
    [Symbol.asyncDispose]: async () => {
      await session.send('ROLLBACK;')
      await session.send('DISCARD ALL;')
      await session[Symbol.asyncDispose]()
    },
  }
}

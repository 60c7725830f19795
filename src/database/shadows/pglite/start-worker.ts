import { Worker } from 'node:worker_threads'
import { WORKER_CODE } from './worker-code.js'

/** PGlite at work in a thread. One message at a time. */
export interface PgliteWorker extends AsyncDisposable {
  /**
   * Sends messages of the wire protocol and hands on what is answered as it comes. Throws where the thread ended, or says
   * nothing for too long; it is of no use afterwards.
   */
  send(message: Uint8Array, onData: (data: Uint8Array) => void): Promise<void>
}

/** Modules of PGlite's own that take some milliseconds: what files of the target may need. */
const EXTENSIONS = [
  ...['amcheck', 'bloom', 'btree_gin', 'btree_gist', 'citext', 'cube', 'dict_int', 'dict_xsyn'],
  ...['earthdistance', 'fuzzystrmatch', 'hstore', 'intarray', 'isn', 'lo', 'ltree', 'moddatetime'],
  ...['pg_stat_statements', 'pg_trgm', 'pgcrypto', 'seg', 'tablefunc', 'tcn', 'tsm_system_rows'],
  ...['tsm_system_time', 'unaccent', 'uuid_ossp'],
]

/** It knows no timeouts of its own: nothing can interrupt the one thread that it is. */
const ANSWERS_WITHIN_MS = 120_000

type Said = { readonly data: Uint8Array } | { readonly done: true } | { readonly failed: string }

/** @param file of PGlite, as `findPglite` finds it. Throws where it does not start. */
export async function startWorker(file: string, answersWithinMs = ANSWERS_WITHIN_MS): Promise<PgliteWorker> {
  const workerData = { file, extensions: EXTENSIONS }
  const worker = new Worker(WORKER_CODE, { eval: true, workerData, stdout: true, stderr: true })
  // What it prints is not of this run: it would stand among the log, and in what --json writes.
  worker.stdout.resume()
  worker.stderr.resume()
  const stop = async () => void (await worker.terminate())
  try {
    await answer(worker, () => {}, ANSWERS_WITHIN_MS)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    send: async (message, onData) => {
      const done = answer(worker, onData, answersWithinMs)
      worker.postMessage(message)
      await done
    },
    [Symbol.asyncDispose]: stop,
  }
}

function answer(worker: Worker, onData: (data: Uint8Array) => void, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (error?: Error) => {
      clearTimeout(timer)
      worker.off('message', onMessage).off('error', finish).off('exit', onExit)
      if (error) reject(error)
      else resolve()
    }
    const onMessage = (said: Said) => {
      if ('data' in said) onData(said.data)
      else finish('failed' in said ? new Error(`PGlite failed: ${said.failed}`) : undefined)
    }
    const onExit = () => finish(new Error('PGlite ended'))
    const timer = setTimeout(() => {
      finish(new Error(`PGlite did not answer within ${withinMs / 1000} s`))
    }, withinMs)
    worker.on('message', onMessage).on('error', finish).on('exit', onExit)
  })
}

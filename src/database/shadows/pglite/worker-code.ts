/**
 * What runs PGlite in a thread of its own, as text, because a bundle has no file to start a thread from. In this thread
 * it would stop everything while a statement runs, signals included; and there is SQL that ends it, or runs it out of
 * memory. Takes `{ file, extensions }`. Says `done` when it is up, and answers each
 * message of the wire protocol with what the server sends, bit by bit, and `done`.
 */
export const WORKER_CODE = `
const { parentPort, workerData } = require('node:worker_threads')
const { createRequire } = require('node:module')
const load = createRequire(workerData.file)
const extensions = {}
for (const name of workerData.extensions) {
  try {
    extensions[name] = load('@electric-sql/pglite/contrib/' + name)[name]
  } catch {}
}
const failed = (error) => parentPort.postMessage({ failed: String(error && error.message || error) })
load(workerData.file).PGlite.create({ extensions }).then((database) => {
  parentPort.on('message', (message) =>
    database
      .execProtocolRawStream(message, { onRawData: (data) => parentPort.postMessage({ data: data.slice() }) })
      .then(() => parentPort.postMessage({ done: true }), failed),
  )
  parentPort.postMessage({ done: true })
}, failed)
`

// Opens a server on a socket as another process would, says where it is, and stays.
import { readFile } from 'node:fs/promises'
import { importTypeScript } from '../../../../scripts/import-typescript.mjs'

const embedded = new URL('../../../../src/database/embedded/', import.meta.url)
const { openSocketServer } = await importTypeScript(new URL('open-socket-server.ts', embedded))
const { loadServerAccount } = await importTypeScript(new URL('server-account.ts', embedded))
const account = await loadServerAccount()
const { socketFolder } = await openSocketServer({ programs: { npm: process.argv[2] }, account })
const serverPid = Number.parseInt(await readFile(`${socketFolder}/data/postmaster.pid`, 'utf8'), 10)
console.log(JSON.stringify({ folder: socketFolder, serverPid }))
setInterval(() => {}, 60_000)

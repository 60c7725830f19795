// Opens a server as another process would, says where it is, and stays (or forgets to stop it).
import { readFile } from 'node:fs/promises'
import { importTypeScript } from '../../../scripts/import-typescript.mjs'

const [options, how] = process.argv.slice(2)
const { openServer } = await importTypeScript(
  new URL('../../../src/database/embedded/open-server.ts', import.meta.url),
)
const { dataFolder } = await openServer(JSON.parse(options))
const serverPid = Number.parseInt(await readFile(`${dataFolder}/postmaster.pid`, 'utf8'), 10)
console.log(JSON.stringify({ dataFolder, serverPid }))
if (how === 'stays') setInterval(() => {}, 60_000)

import { useMemoryFolder } from '../memory-folder.mjs'
import { startTestServers } from './test-servers.mjs'

// biome-ignore lint/style/noDefaultExport: jest's contract
export default async function setUp() {
  globalThis.removeMemoryFolder = useMemoryFolder()
  globalThis.stopTestServers = await startTestServers()
}

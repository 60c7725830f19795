// biome-ignore lint/style/noDefaultExport: jest's contract
export default async function tearDown() {
  await globalThis.stopTestServers?.()
  globalThis.removeMemoryFolder?.()
}

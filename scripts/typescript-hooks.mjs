import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { transform } from '@swc/core'

const relativeScript = /^\.{1,2}\/.*\.js$/

/** Node's module hooks: `./name.js` means `./name.ts` where the importing file is TypeScript. */
export async function resolve(specifier, context, next) {
  const isOurs = context.parentURL?.endsWith('.ts') && relativeScript.test(specifier)
  return next(isOurs ? specifier.replace(/\.js$/, '.ts') : specifier, context)
}

/** TypeScript without its types, the same way on every supported Node. */
export async function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context)
  const filename = fileURLToPath(url)
  const { code } = await transform(await readFile(filename, 'utf8'), {
    filename,
    configFile: false,
    swcrc: false,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  })
  return { format: 'module', source: code, shortCircuit: true }
}

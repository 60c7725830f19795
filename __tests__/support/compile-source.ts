import { mkdir, mkdtemp, readdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transform } from '@swc/core'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Compiles the given stages of `src/` into a new folder, so that a process of its own can run them.
 * Without `packages` whatever imports one fails.
 */
export async function compileSource(stages: readonly string[], { packages = true } = {}): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'compiled-')))
  if (packages) await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  for (const stage of stages) {
    const names = await readdir(join(root, 'src', stage), { recursive: true })
    const files = names.filter((name) => name.endsWith('.ts'))
    await Promise.all(files.map((name) => compile(join(stage, name), folder)))
  }
  return folder
}

async function compile(path: string, folder: string): Promise<void> {
  const { code } = await transform(await readFile(join(root, 'src', path), 'utf8'), {
    filename: path,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
    swcrc: false,
  })
  const target = join(folder, path.replace(/\.ts$/, '.js'))
  await mkdir(dirname(target), { recursive: true })
  await writeFile(target, code)
}

import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { aFolder } from './postgres/a-folder.js'

/** A checkout in a temporary folder, gone at the end. Paths are relative to it. */
export interface Project {
  readonly path: string
  write(path: string, text: string | Uint8Array): Promise<void>
  read(path: string): Promise<string>
  list(path: string): Promise<string[]>
  rename(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** `await using project = await aProject({ 'migrations/01_a.sql': 'CREATE TABLE a ();' })` */
export async function aProject(files: Readonly<Record<string, string>> = {}): Promise<Project> {
  const folder = await aFolder()
  const inside = (path: string) => join(folder.path, path)
  const project: Project = {
    path: folder.path,
    write: async (path, text) => {
      await mkdir(dirname(inside(path)), { recursive: true })
      await writeFile(inside(path), text)
    },
    read: (path) => readFile(inside(path), 'utf8'),
    list: (path) => readdir(inside(path)),
    rename: (from, to) => rename(inside(from), inside(to)),
    remove: (path) => rm(inside(path), { recursive: true }),
    [Symbol.asyncDispose]: async () => await folder[Symbol.asyncDispose](),
  }
  for (const [path, text] of Object.entries(files)) await project.write(path, text)
  return project
}

/** The example project of the README and the demo. */
export async function theShop(): Promise<Project> {
  const project = await aProject()
  await cp(fileURLToPath(new URL('../../examples/shop', import.meta.url)), project.path, { recursive: true })
  return project
}

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from '@jest/globals'
import { UserError } from '../../src/model/user-error.js'
import { loadWasm } from '../../src/sql/load-wasm.js'

const folders: string[] = []

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wasm-'))
  folders.push(folder)
  return folder
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

it('takes the file beside the bundle before that in node_modules', async () => {
  const folder = await aFolder()
  await mkdir(join(folder, 'node_modules/libpg-query/wasm'), { recursive: true })
  await writeFile(join(folder, 'node_modules/libpg-query/wasm/libpg-query.wasm'), 'package')
  await mkdir(join(folder, 'dist'))
  expect(String(await loadWasm(join(folder, 'dist')))).toBe('package')
  await writeFile(join(folder, 'dist/libpg-query.wasm'), 'bundle')
  expect(String(await loadWasm(join(folder, 'dist')))).toBe('bundle')
})

it('says what is missing from an installation, and how to get it', async () => {
  await expect(loadWasm(await aFolder())).rejects.toThrow(UserError)
  await expect(loadWasm(await aFolder())).rejects.toThrow(/libpg-query\.wasm is missing/)
})

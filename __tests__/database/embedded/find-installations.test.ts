import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { findInstallations } from '../../../src/database/embedded/find-installations.js'
import { aFolder } from '../../support/postgres/a-folder.js'

describe('programs of PostgreSQL', () => {
  it('are found where packages have them, each asked for its version, and then on PATH', async () => {
    await using folder = await aFolder()
    await aProgram(join(folder.path, 'opt/16/bin'), 'pg_dump', 'pg_dump (PostgreSQL) 16.4 (Debian 16.4-1)')
    await aProgram(join(folder.path, 'opt/17/bin'), 'pg_dump', 'pg_dump (PostgreSQL) 17beta1')
    await aProgram(join(folder.path, 'own'), 'pg_dump', 'pg_dump (PostgreSQL) 15.1')
    const found = await findInstallations('pg_dump', machine(folder.path))
    expect(found.map(({ major, bin }) => [major, bin])).toEqual([
      [16, join(folder.path, 'opt/16/bin')],
      [17, join(folder.path, 'opt/17/bin')],
      [15, join(folder.path, 'own')],
    ])
  })

  it('are not wrappers, links to them, what does not run, nor what is something else', async () => {
    await using folder = await aFolder()
    const { path } = folder
    await aProgram(join(path, 'share'), 'pg_wrapper', 'pg_dump (PostgreSQL) 16.4')
    await mkdir(join(path, 'own'))
    await symlink(join(path, 'share/pg_wrapper'), join(path, 'own/pg_dump'))
    await aProgram(join(path, 'opt/15/bin'), 'pg_dump', 'busybox 1.2')
    await aProgram(join(path, 'opt/16/bin'), 'pg_dump', 'pg_dump (PostgreSQL) 16.4')
    await chmod(join(path, 'opt/16/bin/pg_dump'), 0o644)
    expect(await findInstallations('pg_dump', machine(path))).toEqual([])
  })

  it('are told once, however many links lead to them, by where they really are', async () => {
    await using folder = await aFolder()
    const { path } = folder
    await aProgram(join(path, 'opt/16/bin'), 'postgres', 'postgres (PostgreSQL) 16.4')
    await mkdir(join(path, 'own'))
    await symlink(join(path, 'opt/16/bin/postgres'), join(path, 'own/postgres'))
    const found = await findInstallations('postgres', machine(path))
    expect(found.map(({ bin }) => bin)).toEqual([join(path, 'opt/16/bin')])
  })

  it('are not looked for in folders of PATH that are relative to the checkout', async () => {
    await using folder = await aFolder()
    await aProgram(join(folder.path, 'own'), 'pg_dump', 'pg_dump (PostgreSQL) 16.4')
    const before = process.cwd()
    process.chdir(folder.path)
    try {
      expect(await findInstallations('pg_dump', { path: 'own:./own::', places: [] })).toEqual([])
    } finally {
      process.chdir(before)
    }
  })

  it('count only beside what they need', async () => {
    await using folder = await aFolder()
    const bin = join(folder.path, 'opt/16/bin')
    await aProgram(bin, 'postgres', 'postgres (PostgreSQL) 16.4')
    expect(await findInstallations('postgres', machine(folder.path), ['initdb'])).toEqual([])
    await aProgram(bin, 'initdb', '')
    expect(await findInstallations('postgres', machine(folder.path), ['initdb'])).toHaveLength(1)
  })
})

function machine(path: string) {
  const places = [{ parent: join(path, 'opt'), pattern: /^\d+$/, below: 'bin' }]
  return { path: join(path, 'own'), places }
}

async function aProgram(folder: string, name: string, says: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, name), `#!/bin/sh\necho '${says}'\n`, { mode: 0o755 })
}

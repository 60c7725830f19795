import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from '@jest/globals'
import { loadServerAccount } from '../../../src/database/embedded/server-account.js'
import { UserError } from '../../../src/model/user-error.js'
import { asRoot, asUser } from '../../support/as-root.js'
import { aFolder } from '../../support/postgres/a-folder.js'

describe('the account that PostgreSQL runs as', () => {
  asUser('is the caller', async () => {
    expect(await loadServerAccount()).toBeUndefined()
  })

  asRoot('is nobody for root, macOS’s nobody too', async () => {
    await using folder = await aFolder()
    const accounts = join(folder.path, 'passwd')
    await writeFile(accounts, 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65533:nobody:/:/sbin/nologin\n')
    expect(await loadServerAccount(accounts)).toEqual({ name: 'nobody', uid: 65534, gid: 65533 })
    await writeFile(accounts, 'nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false\n')
    expect(await loadServerAccount(accounts)).toMatchObject({ uid: 4294967294, gid: 4294967294 })
  })

  asRoot('is never root, whatever the accounts say', async () => {
    await using folder = await aFolder()
    const accounts = join(folder.path, 'passwd')
    for (const text of ['', 'somebody:x:1:1::/:/bin/sh\n', 'nobody:x:0:0::/:/bin/sh\n']) {
      await writeFile(accounts, text)
      await expect(loadServerAccount(accounts)).rejects.toBeInstanceOf(UserError)
    }
  })
})

import { execFileSync } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { loadWorkflow } from '../../../src/github/approvals/load-workflow.js'
import { aFolder } from '../../support/postgres/a-folder.js'

const REF = 'acme/shop/.github/workflows/x.yml@refs/heads/main'

async function aCheckout() {
  const folder = await aFolder()
  await mkdir(join(folder.path, '.github', 'workflows'), { recursive: true })
  return { ...folder, at: (name: string) => join(folder.path, '.github', 'workflows', name) }
}

describe('the workflow of a job', () => {
  it('is read from the checkout', async () => {
    await using checkout = await aCheckout()
    await writeFile(checkout.at('x.yml'), 'on: push\n')
    expect(await loadWorkflow(checkout.path, REF, 'Acme/shop')).toEqual({
      path: '.github/workflows/x.yml',
      text: 'on: push\n',
    })
  })

  it.each([
    undefined,
    '',
    'acme/other/.github/workflows/x.yml@refs/heads/main',
    'acme/shop/../../etc/passwd@refs/heads/main',
    'acme/shop/.github/workflows/../x.yml@refs/heads/main',
    'acme/shop/.github/workflows/x.txt@refs/heads/main',
    'acme/shop/.github/workflows/missing.yml@refs/heads/main',
  ])('is not there for %s', async (ref) => {
    await using checkout = await aCheckout()
    await writeFile(checkout.at('x.yml'), 'on: push\n')
    expect(await loadWorkflow(checkout.path, ref, 'acme/shop')).toBeUndefined()
  })

  it('is not read from outside the checkout, from a pipe, a folder, or a file of any size', async () => {
    await using outside = await aFolder()
    await writeFile(join(outside.path, 'x.yml'), 'secret: 1\n')
    const makers: readonly ((path: string) => unknown)[] = [
      (path) => symlink(join(outside.path, 'x.yml'), path),
      (path) => execFileSync('mkfifo', [path]),
      (path) => mkdir(path),
      (path) => writeFile(path, Buffer.alloc(1_048_577, ' ')),
    ]
    for (const make of makers) {
      await using checkout = await aCheckout()
      await make(checkout.at('x.yml'))
      expect(await loadWorkflow(checkout.path, REF, 'acme/shop')).toBeUndefined()
    }
  })
})

import { spawnSync } from 'node:child_process'
import { symlink, truncate } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from '@jest/globals'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject, type Project } from '../support/a-project.js'
import { inNode24, runStep } from './a-job.js'

let bundle: Bundle
let outside: Project
beforeAll(async () => {
  bundle = await aBundle()
  outside = await aProject({
    '01_secret.sql': 'SELECT $$canary$$;',
    'devflow.yml': 'canary: true',
    'ca.pem': 'canary',
  })
})
afterAll(async () => {
  await bundle[Symbol.asyncDispose]()
  await outside[Symbol.asyncDispose]()
})

/** A server that counts who comes: nothing may be connected to before the files are judged. */
async function aListener() {
  let visits = 0
  const server = createServer((socket) => {
    visits += 1
    socket.destroy()
  }).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as { port: number }
  return {
    url: `postgres://app:geheimnis@127.0.0.1:${port}/app`,
    visits: () => visits,
    [Symbol.asyncDispose]: () => new Promise<void>((done) => void server.close(() => done())),
  }
}

async function refused(
  project: Project,
  inputs: Readonly<Record<string, string>> = {},
): Promise<{ text: string; exitCode: number }> {
  await using listener = await aListener()
  const result = await runStep({
    bundle,
    project,
    inputs: { environment: 'staging', ...inputs },
    env: { DATABASE_URL: listener.url },
  })
  expect(listener.visits()).toBe(0)
  expect(result.outputs.ready).toBe('false')
  const text = [...result.raw, result.summary, result.reportText, JSON.stringify(result.outputs)].join('\n')
  expect(text).not.toContain('canary')
  return { text, exitCode: result.exitCode }
}

describe('the action reads regular files inside the workspace and nothing else: it', () => {
  inNode24('refuses a migration that is a link', async () => {
    await using project = await aProject({ 'migrations/02_b.sql': 'SELECT 1;' })
    await symlink(join(outside.path, '01_secret.sql'), join(project.path, 'migrations/01_a.sql'))
    const { text, exitCode } = await refused(project)
    expect(exitCode).toBe(1)
    expect(text).toContain('migrations/01_a.sql')
    expect(text).toContain('symbolic link')
  })

  inNode24('refuses a migrations folder that is a link, and a folder above it', async () => {
    await using project = await aProject({})
    await symlink(outside.path, join(project.path, 'migrations'))
    expect((await refused(project)).exitCode).toBeGreaterThan(0)
    await project.write('here/readme.txt', '')
    await symlink(outside.path, join(project.path, 'here/linked'))
    expect((await refused(project, { directory: 'here/linked' })).exitCode).toBeGreaterThan(0)
    await outside.write('inner/01_a.sql', 'SELECT $$canary$$')
    expect((await refused(project, { directory: 'here/linked/inner' })).exitCode).toBeGreaterThan(0)
    expect((await refused(project, { 'working-directory': 'here/linked' })).exitCode).toBeGreaterThan(0)
  })

  inNode24('refuses a FIFO without waiting for it', async () => {
    await using project = await aProject({ 'migrations/02_b.sql': 'SELECT 1;' })
    expect(spawnSync('mkfifo', [join(project.path, 'migrations/01_a.sql')]).status).toBe(0)
    const { text, exitCode } = await refused(project)
    expect(exitCode).toBe(1)
    expect(text).toContain('no regular file')
  })

  inNode24('refuses a configuration and a certificate that are a FIFO or a link to outside', async () => {
    await using project = await aProject({ 'migrations/02_b.sql': 'SELECT 1;' })
    await symlink(join(outside.path, 'ca.pem'), join(project.path, 'ca.pem'))
    expect((await refused(project, { 'tls-ca': 'ca.pem' })).exitCode).toBe(2)
    expect(spawnSync('mkfifo', [join(project.path, 'pipe.pem')]).status).toBe(0)
    expect((await refused(project, { 'tls-ca': 'pipe.pem' })).exitCode).toBe(2)
    await symlink(join(outside.path, 'devflow.yml'), join(project.path, 'devflow.yml'))
    expect((await refused(project)).exitCode).toBe(2)
    await project.remove('devflow.yml')
    expect(spawnSync('mkfifo', [join(project.path, 'devflow.yml')]).status).toBe(0)
    expect((await refused(project)).exitCode).toBe(2)
  })

  inNode24('refuses paths with .. and absolute ones', async () => {
    await using project = await aProject({ 'migrations/02_b.sql': 'SELECT 1;' })
    const up = `../${outside.path.split('/').at(-1)}`
    for (const [input, file] of [
      ['directory', ''],
      ['working-directory', ''],
      ['config', '/devflow.yml'],
      ['tls-ca', '/ca.pem'],
    ] as const) {
      for (const base of [up, outside.path, `migrations/../${up}`]) {
        const { text, exitCode } = await refused(project, { [input]: `${base}${file}` })
        expect([input, base, exitCode]).toEqual([input, base, 2])
        expect(text).toContain('outside the workspace')
      }
    }
    await project.write('devflow.yml', `version: "1"\ndatabase:\n  migrations:\n    directory: ${up}\n`)
    expect((await refused(project)).exitCode).toBe(2)
  })

  inNode24('refuses a file and a configuration over the limit', async () => {
    await using project = await aProject({ 'migrations/01_a.sql': '', 'devflow.yml': '' })
    await truncate(join(project.path, 'devflow.yml'), 2 ** 40)
    expect((await refused(project)).exitCode).toBe(2)
    await project.remove('devflow.yml')
    await truncate(join(project.path, 'migrations/01_a.sql'), 2 ** 40)
    const { text, exitCode } = await refused(project)
    expect(exitCode).toBe(1)
    expect(text).toContain('1,099,511,627,776 bytes')
  })
})

import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect } from '@jest/globals'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject } from '../support/a-project.js'
import { needs } from '../support/needs.js'

/** Where nothing but a name server that never answers is in reach. */
const ALONE = [
  '-rmn',
  'sh',
  '-c',
  'ip link set lo up && mount --bind resolv.conf /etc/resolv.conf && exec "$@"',
  'sh',
]
const { it: whereAlone } = needs('unshare', 'ip', {
  what: 'a network of one’s own (unshare -rmn)',
  isThere: spawnSync('unshare', ['-rmn', 'true']).status === 0,
})

/** Answers nobody, starts a run, sends it so many signals, and tells how that ended, and how long after the last. */
const SILENT = `
import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
const [, , count, ...words] = process.argv
createSocket('udp4').bind(53, '127.0.0.1', () => {
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let sent = 0
  let at = 0
  child.stdout.on('data', (text) => (stdout += text))
  child.stderr.on('data', (text) => {
    if (!String(text).includes('Connecting to')) return
    const send = () => {
      at = performance.now()
      child.kill('SIGTERM')
      if (++sent < Number(count)) setTimeout(send, 50)
    }
    setTimeout(send, 500)
  })
  child.once('close', (code, signal) => {
    console.log(JSON.stringify({ code, signal, stdout, ms: performance.now() - at }))
    process.exit()
  })
})
`

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

async function end(signals: number) {
  await using project = await aProject({
    'migrations/01_a.sql': 'select 1;',
    'silent.mjs': SILENT,
    'resolv.conf': 'nameserver 127.0.0.1\n',
  })
  const run = [bundle.cli, 'db', 'migrate', '--env', 'dev', '--ci', '--json']
  const { stdout, stderr } = spawnSync(
    'unshare',
    [...ALONE, process.execPath, 'silent.mjs', String(signals), ...run],
    {
      cwd: project.path,
      env: { PATH: process.env.PATH, DATABASE_URL: 'postgresql://app:x@db.example.test/shop' },
      encoding: 'utf8',
      timeout: 60_000,
    },
  )
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

describe('where a name server does not answer', () => {
  whereAlone('a signal ends the run soon, with its report', async () => {
    const { ms, code, signal, stdout } = await end(1)
    expect(code ?? signal).toBe('SIGTERM')
    expect(ms).toBeLessThan(5_000)
    expect(JSON.parse(stdout)).toMatchObject({ status: 'cancelled', exitCode: 143, endedBy: 'SIGTERM' })
  })

  whereAlone('a second one ends it at once', async () => {
    const { ms, code, signal } = await end(2)
    expect(code ?? signal).toBe('SIGTERM')
    // Whoever waits for the name server waits for 10 s: twice as long as the resolver waits for an answer.
    expect(ms).toBeLessThan(5_000)
  })
})

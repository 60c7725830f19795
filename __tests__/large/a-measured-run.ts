import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { aBundle } from '../support/a-bundle.js'
import { aProject } from '../support/a-project.js'

/** What a run in a process of its own took. */
export interface Measured {
  readonly exitCode: number | null
  /** Of standard output and standard error. */
  readonly lines: number
  readonly output: string
  /** The most memory it ever held, in MB of 1,048,576 bytes. */
  readonly peak: number
}

/** `devflow db migrate --ci` on one file, in a process that tells how much memory it took. */
export async function measureRun(url: string, sql: string): Promise<Measured> {
  await using bundle = await aBundle()
  await using project = await aProject()
  await project.write('migrations/01_large.sql', sql)
  const peakFile = join(project.path, 'peak')
  const hook = join(project.path, 'tell-peak.mjs')
  await writeFile(hook, TELL_PEAK)
  const words = ['--import', pathToFileURL(hook).href, bundle.cli, 'db', 'migrate', '--ci']
  const child = spawn(process.execPath, [...words, '--env', 'test'], {
    cwd: project.path,
    env: { PATH: process.env.PATH, CI: 'true', DATABASE_URL: url, PEAK_FILE: peakFile },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  await ended
  const output = out + err
  const peak = Number(await readFile(peakFile, 'utf8')) / 1024
  return { exitCode: child.exitCode, lines: output.split('\n').length, output, peak }
}

/** What getrusage tells would begin with the memory of the process that started it. */
const TELL_PEAK = `import { readFileSync, writeFileSync } from 'node:fs'
process.on('exit', () => {
  const [, kilobytes] = /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))
  writeFileSync(process.env.PEAK_FILE, kilobytes)
})
`

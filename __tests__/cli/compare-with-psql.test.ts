import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from '@jest/globals'
import { needs } from '../support/needs.js'

const root = fileURLToPath(new URL('../../', import.meta.url))

needs('psql', { program: 'pg_dump', atLeast: 15 }).it('the bundle leaves the schema that psql leaves', () => {
  const words = ['bench/compare-with-psql.mjs', 'examples/shop/migrations']
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^psql: 12 applied, 1 outside/m)
  expect(stdout).toMatch(/^devflow: applied, 12 applied, 1 outside/m)
  expect(stdout).toMatch(/^dumps: equal, \d{3} lines$/m)
  expect(status).toBe(0)
})

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parseArguments } from '../../src/config/parse-arguments.js'
import { run } from '../../src/programs/run.js'
import { aProject, type Project } from '../support/a-project.js'

const NOW = new Date('2026-11-21T10:20:30Z')

async function devflow(project: Project, ...words: string[]) {
  const asked = parseArguments(words, {}, project.path)
  if (asked.kind !== 'run') throw new Error('no run')
  return run(asked.inputs, { observe: () => {}, now: () => NOW }, async () => {})
}

const UP = 'SELECT 1;\n'

describe('devflow db new', () => {
  it.each([
    ['supabase/migrations/20260120103000_init.sql', 'supabase/migrations/20261121102030_add_users.sql'],
    ['migrations/20991231235959_init.sql', 'migrations/21000101000000_add_users.sql'],
    ['migrations/09_init.sql', 'migrations/10_add_users.sql'],
    ['migrations/0099-init.sql', 'migrations/0100-add_users.sql'],
    ['migrations/2026-01-20_init.sql', 'migrations/2026-11-21_add_users.sql'],
    ['migrations/V1__init.sql', 'migrations/V2__add_users.sql'],
    ['migrations/20260120103000_init/migration.sql', 'migrations/20261121102030_add_users/migration.sql'],
  ])('comes after %s as %s', async (present, made) => {
    await using project = await aProject({ [present]: UP })
    const report = await devflow(project, 'db', 'new', 'add_users')
    expect(report).toMatchObject({ exitCode: 0, status: 'applied', problems: [] })
    expect(report.operation?.steps).toMatchObject([{ what: `create ${made}`, state: 'done' }])
    expect(await readFile(join(project.path, made), 'utf8')).toMatch(/^-- /)
    expect((await devflow(project, 'db', 'validate')).findings.map(({ rule }) => rule)).not.toContain(
      'duplicate-version',
    )
  })

  it('takes the moment in an empty folder', async () => {
    await using project = await aProject({ 'migrations/.keep': '' })
    await devflow(project, 'db', 'new', 'add users')
    expect(await readdir(join(project.path, 'migrations'))).toContain('20261121102030_add_users.sql')
  })

  it('makes a second one in the same second without touching the first', async () => {
    await using project = await aProject({ 'supabase/migrations/20260120103000_init.sql': UP })
    await devflow(project, 'db', 'new', 'users')
    await devflow(project, 'db', 'new', 'users')
    expect(await readdir(join(project.path, 'supabase/migrations'))).toEqual([
      '20260120103000_init.sql',
      '20261121102030_users.sql',
      '20261121102031_users.sql',
    ])
  })

  it.each([[[]], [['../../x']], [['a;b']], [['']], [['-x']]])(
    'refuses what can not stand in a file name: %p',
    async (words) => {
      await using project = await aProject({ 'migrations/01_init.sql': UP })
      const report = await devflow(project, 'db', 'new', ...words)
      expect(report).toMatchObject({ exitCode: 2, status: 'failed' })
      expect(await readdir(join(project.path, 'migrations'))).toEqual(['01_init.sql'])
    },
  )

  it('creates nothing in a folder whose files are wrong', async () => {
    await using project = await aProject({ 'migrations/01_init.sql': UP, 'migrations/1_again.sql': UP })
    expect(await devflow(project, 'db', 'new', 'users')).toMatchObject({ exitCode: 1 })
    expect(await readdir(join(project.path, 'migrations'))).toHaveLength(2)
  })
})

describe("the Supabase CLI's words", () => {
  it.each([
    ['lint', 'validate'],
    ['list', 'status'],
  ])('%s is %s', async (word, command) => {
    await using project = await aProject({ 'migrations/01_init.sql': UP })
    expect(await devflow(project, 'db', word)).toMatchObject({ command })
  })
})

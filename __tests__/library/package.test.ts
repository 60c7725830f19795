import { spawnSync } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parseBlocks } from '../repository/markdown.js'
import { read, root } from '../repository/tree.js'
import { aProject, type Project } from '../support/a-project.js'
import { aDatabase } from '../support/postgres/a-database.js'

const tsc = join(root, 'node_modules/typescript/bin/tsc')
const [route = '', functions = ''] = parseBlocks(read('docs/library.md'))
  .filter(({ language }) => language === 'ts')
  .map(({ text }) => text)

/** A project into which the package is installed, as npm links a folder. */
async function aUser(): Promise<Project> {
  const project = await aProject({ 'migrations/01_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);' })
  await mkdir(join(project.path, 'node_modules/@types'), { recursive: true })
  await symlink(root, join(project.path, 'node_modules/devflow-migrate'))
  await symlink(join(root, 'node_modules/@types/node'), join(project.path, 'node_modules/@types/node'))
  await writeFile(join(project.path, 'package.json'), '{ "type": "module" }')
  return project
}

function run(project: Project, words: string[], env: Record<string, string> = {}) {
  const { NODE_OPTIONS: _, ...rest } = process.env
  const options = { cwd: project.path, encoding: 'utf8', env: { ...rest, NODE_ENV: 'test', ...env } } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, words, options)
  return { status, told: stdout + stderr }
}

describe('the package', () => {
  it('has types that the examples of the documents and of Next.js are checked by', async () => {
    await using project = await aUser()
    await project.write('route.ts', route)
    await project.write('next.ts', read('examples/nextjs/app/api/migrations/route.ts'))
    await project.write('functions.ts', functions)
    await project.write(
      'wrong.ts',
      "import { createHandler } from 'devflow-migrate'\ncreateHandler({ databaseUrl: 7 })",
    )
    const strict = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--types', 'node']
    const { told } = run(project, [tsc, ...strict, 'route.ts', 'next.ts', 'functions.ts', 'wrong.ts'])
    expect(told.trim().split('\n')).toEqual([
      expect.stringMatching(/^wrong\.ts\(2,17\): error TS2322: Type 'number' is not assignable/),
    ])
  })

  it('does what its examples say', async () => {
    await using database = await aDatabase()
    await using project = await aUser()
    await project.write(
      'use.mjs',
      `${functions}\nconsole.log(JSON.stringify({ pending, results, events: history.length, healthy: health.healthy, valid: report.valid, order, markdown }))`,
    )
    const { status, told } = run(project, ['use.mjs'], { DATABASE_URL: database.url })
    expect(JSON.parse(told)).toMatchObject({
      pending: [{ version: '01' }],
      results: [{ version: '01', success: true }],
      healthy: true,
      valid: true,
      order: ['01_a.sql'],
      markdown: expect.stringContaining('1 migration file is valid'),
    })
    expect(status).toBe(0)
  })
})

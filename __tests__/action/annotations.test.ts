import { afterAll, beforeAll, describe, expect } from '@jest/globals'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject, theShop } from '../support/a-project.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { inNode24, runStep } from './a-job.js'

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

const inputs = { environment: 'staging' }
const checksum = /sha256:[0-9a-f]{64}/g

describe('the annotations of a step', () => {
  inNode24(
    'stand on the applied files that were edited, deleted and renamed, with both checksums',
    async () => {
      await using database = await aDatabase()
      await using project = await theShop()
      const step = { bundle, project, inputs, env: { STAGING_DATABASE_URL: database.url } }
      expect((await runStep(step)).outputs.ready).toBe('true')
      const edited = await project.read('migrations/02_products.sql')
      await project.write('migrations/02_products.sql', `${edited}\nSELECT 1;\n`)
      await project.rename('migrations/06_seed_catalogue.sql', 'migrations/06_catalogue.sql')
      await project.remove('migrations/12_product_search.sql')
      await project.write('migrations/13_new.sql', 'CREATE TABLE never ();')

      const { annotations, outputs, exitCode, summary, report, log } = await runStep(step)
      expect(exitCode).toBe(1)
      expect(outputs).toMatchObject({
        ready: 'false',
        status: 'refused',
        'drift-count': '3',
        'pending-count': '1',
      })
      expect(annotations.map(({ level, file, line }) => [level, file, line])).toEqual([
        ['error', 'migrations/02_products.sql', 1],
        ['error', 'migrations/06_catalogue.sql', 1],
        ['error', 'migrations/12_product_search.sql', 1],
      ])
      const [changed, renamed, gone] = annotations.map(({ message }) => message)
      const sums = [...(changed?.matchAll(checksum) ?? [])].map(([sum]) => sum)
      expect(sums).toEqual([report.drift[0]?.storedChecksum, report.drift[0]?.presentChecksum])
      expect(new Set(sums).size).toBe(2)
      expect(changed).toMatch(
        /^02_products.sql was edited after it was applied.[\s\S]*Way out: Restore the file/,
      )
      expect(renamed).toMatch(
        /^06_seed_catalogue.sql was applied under that name; the file is now 06_catalogue.sql/,
      )
      expect(gone).toMatch(/^12_product_search.sql \(version 12\) was applied, but its file is gone/)
      for (const sum of sums) {
        expect(summary).toContain(sum)
        expect(log.join('\n')).toContain(sum)
      }
      expect(summary.split('\n')[0]).toMatch(/^## ❌ 3 applied migrations are no longer what was applied/)
      expect(await database.query(`SELECT 1 FROM pg_class WHERE relname = 'never'`)).toEqual([])
    },
  )

  inNode24('stand on file, line and column of the statement that the server refused', async () => {
    await using database = await aDatabase()
    await using project = await aProject({
      'migrations/01_users.sql': 'CREATE TABLE users (id int);',
      'migrations/02_orders.sql':
        'BEGIN;\nCREATE TABLE orders (id int);\n-- Größe 🙂\nALTER TABLE user_s ADD COLUMN x int;\nCOMMIT;\n',
      'migrations/03_late.sql': 'CREATE TABLE late ();',
    })
    const env = { DATABASE_URL: database.url }
    const { annotations, outputs, log, summary } = await runStep({ bundle, project, inputs, env })
    expect(outputs).toMatchObject({ status: 'failed', 'failed-version': '02', 'pending-count': '3' })
    expect(annotations).toEqual([
      {
        level: 'error',
        title: 'Migration failed',
        file: 'migrations/02_orders.sql',
        line: 4,
        endLine: 4,
        column: expect.any(Number),
        endColumn: expect.any(Number),
        message: expect.stringMatching(/relation "user_s" does not exist \(SQLSTATE 42P01\)/),
      },
    ])
    const text = log.join('\n')
    expect(text).toMatch(/│ (4 │ )?.*ALTER TABLE user_s/)
    expect(text).toMatch(/│ .*\^/)
    expect(summary).toContain('ALTER TABLE user_s')
    expect(text).toContain('What to do next')
    const rows = await database.query(
      'SELECT version, status FROM devflow.schema_migrations ORDER BY version',
    )
    expect(rows).toEqual([{ version: '02', status: 'failed' }])
  })

  inNode24('are nine and one that counts the rest where more than ten are wrong', async () => {
    const names = Array.from({ length: 14 }, (_, index) => `wrong-${String(index).padStart(2, '0')}.sql`)
    await using project = await aProject(
      Object.fromEntries(names.map((name) => [`migrations/${name}`, 'SELECT 1;'])),
    )
    const result = await runStep({ bundle, project, inputs: { command: 'validate' } })
    expect(result.annotations).toHaveLength(10)
    expect(result.droppedAnnotations).toEqual([])
    expect(result.annotations[0]).toMatchObject({ level: 'error', file: 'migrations/wrong-00.sql' })
    expect(result.annotations[9]?.message).toBe(
      'And 5 more of level error: the JSON report has them all, the job summary as many as fit.',
    )
    for (const name of names) expect(result.summary).toContain(name)
    expect(result.report.findings).toHaveLength(14)
  })

  inNode24('name every mistake of the set-up', async () => {
    await using project = await aProject({
      'devflow.yml': 'version: "1"\nproject:\n  nam: shop\ndatabase:\n  migration:\n    directory: x\n',
    })
    const wrong = { command: 'migrate', environment: 'staging', 'dry-run': 'perhaps', 'lock-timeout': '3' }
    const { annotations, exitCode, summary } = await runStep({ bundle, project, inputs: wrong })
    expect(exitCode).toBe(2)
    const text = annotations.map(({ message }) => message).join('\n')
    for (const mistake of ['nam', 'migration', 'perhaps', 'lock-timeout']) expect(text).toContain(mistake)
    expect(text).toMatch(/devflow\.yml:3:3/)
    expect(summary.split('\n')[0]).toBe('## ❌ The set-up is wrong. Nothing was applied')
  })
})

describe('the summary of a step', () => {
  inNode24('stays under 1 MiB with the verdict first, however much there is to tell', async () => {
    await using database = await aDatabase()
    const file = (index: number) => `migrations/${String(index).padStart(5, '0')}_${'ä'.repeat(100)}.sql`
    await using project = await aProject(
      Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [file(index + 1), 'SELECT 1;'])),
    )
    const plan = { ...inputs, command: 'plan' }
    const env = { DATABASE_URL: database.url }
    const { summary, outputs, droppedAnnotations, conclusion } = await runStep({
      bundle,
      project,
      inputs: plan,
      env,
    })
    expect(conclusion).toBe('success')
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1024 * 1024)
    expect(Buffer.byteLength(summary)).toBeGreaterThan(500_000)
    expect(summary).toMatch(/^## 📋 3000 migrations would run on `staging`/)
    expect(droppedAnnotations).toEqual([])
    expect(outputs['pending-count']).toBe('3000')
    expect((outputs.pending ?? '').length).toBeLessThanOrEqual(32_768)
    expect(JSON.parse(outputs.pending ?? '').length).toBeGreaterThan(100)
  })
})

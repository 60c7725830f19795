import { describe, expect, it } from '@jest/globals'
import { createMigrationTracker, MigrationError, MigrationValidator } from '../../src/index.js'
import { aProject } from '../support/a-project.js'
import { aDatabase } from '../support/postgres/a-database.js'

describe('a migration tracker', () => {
  it('tells what is pending, applies it, and tells what was done', async () => {
    await using database = await aDatabase()
    await using project = await aProject({
      'migrations/01_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);',
      'migrations/02_b.sql': 'CREATE TABLE b (id bigint PRIMARY KEY);',
    })
    const place = { databaseUrl: database.url, folder: project.path }
    const tracker = await createMigrationTracker('staging', place)
    expect(await tracker.getPendingMigrations()).toMatchObject([
      { version: '01', name: '01_a.sql', path: expect.stringContaining('01_a.sql') },
      { version: '02', checksum: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
    ])
    expect(await tracker.performHealthCheck()).toMatchObject({
      healthy: false,
      problems: ['01_a.sql is not applied.', '02_b.sql is not applied.'],
    })
    expect(await tracker.executePendingMigrations()).toMatchObject([
      { version: '01', success: true, state: 'applied', executionTimeMs: expect.any(Number) },
      { version: '02', success: true },
    ])
    expect(await tracker.executePendingMigrations()).toEqual([])
    expect(await tracker.performHealthCheck()).toMatchObject({ healthy: true, problems: [] })
    const events = await tracker.getMigrationHistory()
    expect(events.slice(0, 2).map(({ version, event }) => [version, event])).toEqual([
      ['02', 'applied'],
      ['01', 'applied'],
    ])
  })

  it('returns what became of each migration where one fails', async () => {
    await using database = await aDatabase()
    await using project = await aProject({
      'migrations/01_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);',
      'migrations/02_b.sql': '-- devflow:no-transaction\nVACUUM nope;',
      'migrations/03_c.sql': 'SELECT 1;',
    })
    const tracker = await createMigrationTracker('staging', {
      databaseUrl: database.url,
      folder: project.path,
    })
    expect(await tracker.executePendingMigrations()).toMatchObject([
      { version: '01', success: true },
      { version: '02', success: false, error: expect.stringContaining('nope') },
      { version: '03', success: false, state: 'not-run' },
    ])
  })

  it('throws where nothing could be tried, and its error tells why', async () => {
    await using database = await aDatabase()
    await using project = await aProject({ 'migrations/01_a.sql': 'SELECT nope;' })
    const place = { databaseUrl: database.url, folder: project.path }
    const failing = createMigrationTracker('staging', place).then((it) => it.executePendingMigrations())
    await expect(failing).rejects.toThrow('01_a.sql: column "nope" does not exist')
    const production = createMigrationTracker('production', place).then((it) => it.executePendingMigrations())
    await expect(production).rejects.toBeInstanceOf(MigrationError)
    await expect(production).rejects.toMatchObject({
      message: expect.stringContaining('CONFIRM_PRODUCTION_MIGRATION=true'),
      report: { status: 'refused', outcomes: [] },
    })
    const nowhere = createMigrationTracker('staging', { ...place, databaseUrl: 'postgres://127.0.0.1:1/x' })
    await expect(nowhere.then((it) => it.getPendingMigrations())).rejects.toThrow('127.0.0.1:1')
    expect(await (await nowhere).performHealthCheck()).toMatchObject({ healthy: false })
  })
})

describe('a migration validator', () => {
  it('finds what is wrong, and the order in which files are applied', async () => {
    await using project = await aProject({
      'migrations/2026-01-01_b.sql': '-- @depends-on: 2026-01-02_a.sql\nSELECT 1;',
      'migrations/2026-01-02_a.sql': 'SELECT 1;',
    })
    const validator = new MigrationValidator('./migrations', 'production', { folder: project.path })
    const report = await validator.validateAllMigrations()
    expect(report).toMatchObject({ valid: true, fileCount: 2 })
    expect(await validator.calculateExecutionOrder()).toEqual(['2026-01-02_a.sql', '2026-01-01_b.sql'])
    expect(validator.generateValidationReport(report)).toContain('2 migration files are valid')
    await project.write('migrations/2026-01-03_c.sql', 'SELEC 1;')
    const broken = await validator.validateAllMigrations()
    expect(broken).toMatchObject({
      valid: false,
      findings: [{ rule: 'late-dependency' }, { severity: 'error' }],
    })
    expect(validator.generateValidationReport(broken)).toContain('2026-01-03_c.sql')
  })

  it('throws where there is nothing to validate', async () => {
    await using project = await aProject()
    const validator = new MigrationValidator('nowhere', 'production', { folder: project.path })
    await expect(validator.validateAllMigrations()).rejects.toThrow('nowhere')
    await expect(validator.calculateExecutionOrder()).rejects.toBeInstanceOf(MigrationError)
  })

  it('throws where files need one another', async () => {
    await using project = await aProject({
      'migrations/01_a.sql': '-- @depends-on: 02_b.sql\nSELECT 1;',
      'migrations/02_b.sql': '-- @depends-on: 01_a.sql\nSELECT 1;',
    })
    const validator = new MigrationValidator('migrations', 'production', { folder: project.path })
    await expect(validator.calculateExecutionOrder()).rejects.toThrow(/01_a.sql.*02_b.sql/)
  })
})

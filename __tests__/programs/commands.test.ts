import { createServer } from 'node:net'
import { describe, expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, trouble, verdict } from './a-migrator.js'

/** A server that only counts who comes. */
async function aCounter(): Promise<
  AsyncDisposable & { readonly url: string; readonly connections: () => number }
> {
  let connections = 0
  const server = createServer((socket) => {
    connections++
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `postgresql://someone:geheim@127.0.0.1:${typeof address === 'object' ? address?.port : ''}/app`,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function devflowYml(environment: string, migrations = ''): string {
  return `version: "1"\nproject:\n  name: shop\ndatabase:\n  migrations:\n    directory: migrations\n${migrations}  environments:\n    test:\n      url_env: DATABASE_URL\n${environment}`
}

const nothing = `select (select count(*)::int from pg_class c where relnamespace::regnamespace::text !~ '^(pg_|information_schema)') as relations,
  to_regnamespace('devflow') as devflow`

describe('what opens no connection', () => {
  const files = { '01_a.sql': 'create table a ();' }

  it('is validate', async () => {
    await using counter = await aCounter()
    await using migrator = await aMigrator(counter.url, files)
    expect(verdict(await migrator.run('validate'))).toBe('0 valid')
    await migrator.write('02_b.sql', 'select 1;\nselct 2;')
    const report = await migrator.run('validate')
    expect(verdict(report)).toBe('1 invalid')
    expect(report.findings).toMatchObject([
      { rule: 'syntax-error', file: 'migrations/02_b.sql', position: { line: 2, column: 1 } },
    ])
    expect(counter.connections()).toBe(0)
  })

  it('is a folder with mistakes in it', async () => {
    await using counter = await aCounter()
    await using migrator = await aMigrator(counter.url, { ...files, '1_b.sql': 'select 1;' })
    expect((await migrator.run('migrate')).exitCode).not.toBe(0)
    expect(counter.connections()).toBe(0)
  })

  it('is applying to production from a command line without confirmation', async () => {
    await using counter = await aCounter()
    await using migrator = await aMigrator(counter.url, files)
    await migrator.project.write('devflow.yml', devflowYml('      class: production\n'))
    const report = await migrator.run('migrate')
    expect(verdict(report)).toBe('1 refused')
    expect(report.problems[0]?.help).toContain('CONFIRM_PRODUCTION_MIGRATION=true')
    expect(counter.connections()).toBe(0)
    await migrator.run('migrate', { variables: { CONFIRM_PRODUCTION_MIGRATION: 'true' } })
    expect(counter.connections()).toBeGreaterThan(0)
  })

  it('is a transaction that the Supabase CLI can not make', async () => {
    await using counter = await aCounter()
    await using migrator = await aMigrator(counter.url, files)
    await migrator.project.write(
      'devflow.yml',
      devflowYml('      transaction: all\n', '    format: supabase\n'),
    )
    const report = await migrator.run('migrate')
    expect(report.exitCode).toBe(2)
    expect(trouble(report)).toContain('transaction is all, which the Supabase CLI can not do')
    expect(trouble(await migrator.run('plan', { given: { transaction: 'none' } }))).toContain(
      'is none, which',
    )
    expect(counter.connections()).toBe(0)
  })
})

eachMajor('a command', (major) => {
  it('that reads creates nothing', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a ();' })
    const said: Record<string, string> = {}
    for (const command of ['status', 'plan', 'verify', 'history', 'dry-run']) {
      said[command] = verdict(await migrator.run(command))
      expect(await database.query(nothing)).toEqual([{ relations: 0, devflow: null }])
    }
    expect(said).toEqual({
      status: '0 pending',
      plan: '0 planned',
      verify: '1 pending',
      history: '0 pending',
      'dry-run': '0 rehearsed',
    })
  })

  it('asks before it applies, and applies nothing when the answer is no', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a ();' })
    const asked: string[] = []
    const report = await migrator.run('migrate', {
      system: {
        confirm: async (plan) => {
          asked.push(...plan.migrations.map(({ file }) => file.name))
          return false
        },
      },
    })
    expect(asked).toEqual(['01_a.sql'])
    expect(verdict(report)).toBe('1 cancelled')
    expect(report.ready).toBe(false)
    expect(await database.query(nothing)).toEqual([{ relations: 0, devflow: null }])
  })

  it('asks nothing where there is nothing to apply', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'select 1;' })
    await migrator.run('migrate')
    const confirm = async () => {
      throw new Error('nobody is to be asked')
    }
    expect(verdict(await migrator.run('migrate', { system: { confirm } }))).toBe('0 up-to-date')
  })

  it('verify is content with a sound target, and not with an INVALID index, an edited file or a pending one', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table t (n int); insert into t values (1), (1);',
    })
    await migrator.run('migrate')
    const sound = await migrator.run('verify')
    expect([verdict(sound), sound.ready]).toEqual(['0 up-to-date', true])

    await expect(database.query('create unique index concurrently "I" on t (n)')).rejects.toThrow()
    const unsound = await migrator.run('verify')
    expect([unsound.exitCode, unsound.ready]).toEqual([1, false])
    expect(unsound.findings).toMatchObject([
      { rule: 'schema-drift', severity: 'warning', message: expect.stringContaining('The index public."I"') },
      { rule: 'invalid-index', help: expect.stringContaining('DROP INDEX CONCURRENTLY') },
    ])
    expect(unsound.findings[1]?.message).toContain('"I"')
    await database.query('drop index "I"')

    await migrator.write('02_b.sql', 'select 1;')
    expect(verdict(await migrator.run('verify'))).toBe('1 pending')
    await migrator.run('migrate')
    await migrator.write('01_a.sql', 'create table other ();')
    const drifted = await migrator.run('verify')
    expect([drifted.exitCode, drifted.ready, drifted.drift[0]?.kind]).toEqual([1, false, 'edited'])
  })

  it('history shows what was tried, newest first', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'select 1;',
      '02_b.sql': 'select 1/0;',
    })
    await migrator.run('migrate', { given: { to: '01' } })
    await migrator.run('migrate')
    const report = await migrator.run('history')
    expect(report.exitCode).toBe(0)
    expect(report.events).toMatchObject([
      {
        version: '02',
        event: 'rehearsal-failed',
        status: 'failed',
        executedBy: 'octocat',
        environment: 'test',
      },
      { version: '01', event: 'applied', status: 'success', errorMessage: null },
      { version: '', event: 'anchor', status: 'success' },
    ])
    expect(report.events[0]?.errorMessage).toContain('division by zero')
  })

  it.each(['status', 'plan', 'verify', 'history', 'dry-run', 'migrate'])(
    '%s tells that history can not be read, and never that it is empty',
    async (command) => {
      await using database = await aDatabase({ major })
      await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a ();' })
      await migrator.run('migrate')
      const role = `weak_${database.name}`
      await database.query(`create role ${role} login password 'geheim'; grant usage on schema devflow to ${role};
        grant select on devflow.schema_migrations, devflow.migration_history to ${role}`)
      const url = new URL(database.url)
      url.username = role
      url.password = 'geheim'
      const report = await migrator.run(command, { variables: { DATABASE_URL: url.href } })
      await database.query(`drop owned by ${role}; drop role ${role}`)
      expect([report.exitCode, report.ready]).toEqual([2, false])
      expect(trouble(report)).toContain('can not be read as')
      expect(trouble(report)).not.toContain('geheim')
    },
  )

  it('waits for the lock of another run no longer than it is told, and names who has it', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a ();' })
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let second: Promise<string> | undefined
    const first = migrator.run('migrate', {
      system: {
        confirm: async () => {
          second = migrator.run('migrate', { given: { 'lock-wait': '100ms' } }).then((report) => {
            return `${verdict(report)} ${report.problems[0]?.message}`
          })
          await second
          release()
          return true
        },
      },
    })
    await held
    expect(await second).toMatch(/^1 refused Another run holds the lock .* process \d+ \(devflow-migrate/)
    expect(verdict(await first)).toBe('0 applied: 01 applied')
  })

  it.each([
    'configured',
    'stage',
    'connecting',
    'connected',
    'planned',
    'rehearsing',
    'notice',
    'applying',
    'applied',
  ])(
    'that has a bug in what observes %s is a report without secrets, and says what was applied',
    async (kind) => {
      await using database = await aDatabase({ major })
      await using migrator = await aMigrator(database.url, {
        '01_a.sql': `do $$ begin raise notice 'hi'; end $$; create table a ();`,
        '02_b.sql': 'create table b ();',
      })
      const secret = new URL(database.url).password
      const report = await migrator.run('migrate', {
        system: {
          observe: (event) => {
            if (event.kind === kind) throw new Error(`broken by ${database.url}`)
          },
        },
      })
      expect([report.exitCode, report.status, report.ready]).toEqual([1, 'failed', false])
      expect(report.problems[0]?.message).toContain('An error of devflow-migrate itself')
      expect(report.problems[0]?.message).toContain('broken by')
      expect(secret).not.toBe('')
      expect(JSON.stringify(report)).not.toContain(secret)
      const applied = report.outcomes.filter(({ state }) => state === 'applied').map(({ name }) => name)
      const [there] = await database.query(`select to_regclass('a') is not null as a`)
      expect(there).toEqual({ a: applied.includes('01_a.sql') })
      expect((await migrator.run('migrate')).exitCode).toBe(0)
    },
  )
})

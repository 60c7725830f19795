import { join } from 'node:path'
import { describe, expect, jest } from '@jest/globals'
import { pushCommand } from '../../src/executors/supabase/push-command.js'
import { runCli } from '../../src/executors/supabase/run-cli.js'
import { aTlsProxy } from '../database/a-tls-proxy.js'
import { aCertificate } from '../database/certificates.js'
import { trouble, verdict } from '../programs/a-migrator.js'
import { needs } from '../support/needs.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { CLIS, type CliName, cliPath, theCli } from './a-cli.js'
import { aSupervised, bothTables, eventsOf, patiently } from './a-supervised.js'
import { processesWith, sampleArguments } from './sample-arguments.js'

/** All of them by `npm run supabase`. */
const asked = (process.env.DEVFLOW_SUPABASE_CLIS ?? 'newest').split(',')
const tested: readonly CliName[] = CLIS.map(({ name }) => name).filter((name) => asked.includes(name))

// Each run starts a program of 100 MB, twice.
jest.setTimeout(180_000)

const A = '20260101000000_a.sql'
const B = '20260102000000_b.sql'
const C = '20260103000000_c.sql'
const [a, b, c] = ['20260101000000', '20260102000000', '20260103000000']

async function isSleeping(database: TestDatabase): Promise<boolean> {
  const sleeping = `select 1 from pg_stat_activity where wait_event = 'PgSleep' and datname = $1`
  return (await database.query(sleeping, [database.name])).length > 0
}

describe.each(tested)('the supervised Supabase CLI %s', (cli) => {
  const { it } = needs(theCli(cli), 'openssl')
  const splits = cli !== '2.109'

  it('applies, records on both sides, has nothing to do then, and finds a file that was edited or deleted', async () => {
    await using database = await aDatabase({ major: 15 })
    await using migrator = await aSupervised(
      database.url,
      {
        [A]: '-- the first\ncreate table a (n int);\n',
        [B]: 'insert into a values (1); insert into a values (2);',
      },
      cli,
    )
    const planned = await migrator.run('dry-run')
    expect(planned.status).toBe('rehearsed')
    expect(planned.notes.join()).toContain('its own dry run only lists their names')
    expect(await bothTables(database)).toEqual([])

    const applied = await migrator.run('migrate')
    expect(verdict(applied)).toBe(`0 applied: ${a} applied, ${b} applied`)
    expect(applied.ready).toBe(true)
    expect(await bothTables(database)).toEqual([
      `${a} ours completed, supabase yes`,
      `${b} ours completed, supabase yes`,
    ])
    expect(await eventsOf(database)).toEqual([`${a} applied`, `${b} applied`])
    expect(await database.query('select n from a order by 1')).toEqual([{ n: 1 }, { n: 2 }])
    expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')

    await migrator.write(A, 'create table a (n bigint);\n')
    const edited = await migrator.run('migrate')
    expect(edited).toMatchObject({ exitCode: 1, drift: [{ kind: 'edited', version: a }] })
    await migrator.project.remove(`supabase/migrations/${A}`)
    expect((await migrator.run('migrate')).drift).toMatchObject([{ kind: 'deleted', version: a }])
  })

  it('reports a push that fails in the middle file by file, and goes on when the file is mended', async () => {
    await using database = await aDatabase({ major: 15 })
    const files = {
      [A]: 'create table a (n int);',
      [B]: 'create table b (n int);\nselect 1/0;',
      [C]: 'create table c (n int);',
    }
    await using migrator = await aSupervised(database.url, files, cli)
    const failed = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(verdict(failed)).toBe(`1 partial: ${a} applied, ${b} failed, ${c} not-run`)
    if (cli !== '2.110')
      expect(failed.outcomes[1]?.failure).toMatchObject({
        code: '22012',
        message: 'division by zero',
        position: { line: 2 },
      })
    expect(await bothTables(database)).toEqual([
      `${a} ours completed, supabase yes`,
      `${b} ours failed, supabase no`,
    ])
    expect(await database.query(`select to_regclass('b') as b`)).toEqual([{ b: null }])

    await migrator.write(B, 'create table b (n int);')
    expect(verdict(await migrator.run('migrate'))).toBe(`0 applied: ${b} applied, ${c} applied`)
    expect(await eventsOf(database)).toEqual([`${a} applied`, `${b} failed`, `${b} applied`, `${c} applied`])
  })

  it('applies out of order only where that is allowed', async () => {
    await using database = await aDatabase({ major: 15 })
    await using migrator = await aSupervised(database.url, { [B]: 'create table b ();' }, cli)
    await migrator.run('migrate')
    await migrator.write(A, 'create table a ();')
    expect((await migrator.run('migrate')).findings).toContainEqual(
      expect.objectContaining({ rule: 'out-of-order' }),
    )
    const allowed = await migrator.run('migrate', { given: { 'allow-out-of-order': 'true' } })
    expect(verdict(allowed)).toBe(`0 applied: ${a} applied`)
    expect(await bothTables(database)).toEqual([
      `${a} ours completed, supabase yes`,
      `${b} ours completed, supabase yes`,
    ])
  })

  it('takes over what was pushed without it, and finds what was edited since', async () => {
    await using database = await aDatabase({ major: 15 })
    await using migrator = await aSupervised(
      database.url,
      { [A]: 'create table a ();', [B]: 'create table b ();' },
      cli,
    )
    await migrator.run('migrate')
    await database.query('drop schema devflow cascade')
    await migrator.write(C, 'create table c ();')
    expect(verdict(await migrator.run('migrate'))).toBe(`0 applied: ${c} applied`)
    expect(await eventsOf(database)).toEqual([`${a} adopted`, `${b} adopted`, `${c} applied`])
    // Our own record says that it is the file; what ran says that it is not.
    await database.query(
      `update supabase_migrations.schema_migrations set statements = '{"create table other ()"}' where version = $1`,
      [b],
    )
    expect((await migrator.run('migrate')).drift).toMatchObject([{ kind: 'edited', version: b }])
  })

  it('lets no COMMIT; BEGIN; come so far as to be applied in part and recorded nowhere', async () => {
    await using database = await aDatabase({ major: 15 })
    const text = 'create table a (n int);\nCOMMIT;\nBEGIN;\ncreate table a2 (n int);'
    await using migrator = await aSupervised(database.url, { [A]: text }, cli)
    const refused = await migrator.run('migrate')
    expect(refused.exitCode).toBe(1)
    expect(trouble(refused)).toContain('transaction-control')
    expect(await bothTables(database)).toEqual([])
    // A pair of its own around the whole file is understood.
    await migrator.write(A, 'BEGIN;\ncreate table a (n int);\nlock table a in share mode;\nCOMMIT;')
    expect(verdict(await migrator.run('migrate'))).toBe(`0 applied: ${a} applied`)
  })

  it('builds indexes concurrently as far as the release can, and says what a failed file left', async () => {
    await using database = await aDatabase({ major: 15 })
    const mixed = 'create table m (n int);\ncreate index concurrently m_n on m (n);'
    await using migrator = await aSupervised(
      database.url,
      {
        [A]: 'create table a (n int); insert into a values (1), (1);',
        [B]: 'create index concurrently a_n on a (n);',
      },
      cli,
    )
    const first = await migrator.run('migrate')
    expect(verdict(first)).toBe(`0 applied: ${a} applied, ${b} applied`)
    expect(await eventsOf(database)).toEqual([`${a} applied`, `${b} applied`])

    await migrator.write(C, `${mixed}\nselect 1/0;`)
    const run = await migrator.run('migrate', { given: { rehearse: 'off' } })
    if (!splits) {
      expect(run.findings).toContainEqual(expect.objectContaining({ rule: 'supabase-cli-statement' }))
      return expect(await database.query(`select to_regclass('m') as m`)).toEqual([{ m: null }])
    }
    expect(verdict(run)).toBe(`1 partial: ${c} partial`)
    expect(await database.query(`select to_regclass('m_n')::text as m`)).toEqual([{ m: 'm_n' }])
    expect(await bothTables(database)).toContainEqual(`${c} ours partial, supabase no`)
    expect(trouble(await migrator.run('migrate'))).toContain('unfinished-migration')
  })

  it('leaves nothing INVALID behind a record', async () => {
    await using database = await aDatabase({ major: 15 })
    await using migrator = await aSupervised(
      database.url,
      {
        [A]: 'create table a (n int); insert into a values (1), (1);',
        [B]: 'create unique index concurrently if not exists a_n on a (n);',
      },
      cli,
    )
    const failed = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(verdict(failed)).toBe(`1 partial: ${a} applied, ${b} failed`)
    expect(failed.outcomes[1]?.failure?.message).toContain('it left the INVALID index public.a_n')
    await database.query('delete from a')
    // The CLI alone would find the index there, be content with it, and record the file.
    expect(verdict(await migrator.run('migrate'))).toBe(`0 applied: ${b} applied`)
    expect(
      await database.query(`select indisvalid from pg_index where indexrelid = 'a_n'::regclass`),
    ).toEqual([{ indisvalid: true }])
  })

  it('lets two runs at once apply each file once', async () => {
    await using database = await aDatabase({ major: 15 })
    const files = { [A]: 'create table a (n int);', [B]: 'insert into a values (1); select pg_sleep(0.3);' }
    await using one = await aSupervised(database.url, files, cli)
    await using two = await aSupervised(database.url, files, cli)
    const reports = await Promise.all([one.run('migrate'), two.run('migrate')])
    expect(reports.map(({ exitCode }) => exitCode)).toEqual([0, 0])
    expect(reports.map(({ status }) => status).sort()).toEqual(['applied', 'up-to-date'])
    expect(await database.query('select n from a')).toEqual([{ n: 1 }])
    expect(await eventsOf(database)).toEqual([`${a} applied`, `${b} applied`])
  })

  it('says what became of a file whose CLI is killed, and applies it in the next run', async () => {
    await using database = await aDatabase({ major: 15 })
    await using migrator = await aSupervised(
      database.url,
      { [A]: 'create table a (n int);', [B]: 'insert into a values (1);\nselect pg_sleep(60);' },
      cli,
    )
    const running = migrator.run('migrate', { given: { rehearse: 'off' } })
    await patiently(() => isSleeping(database))
    for (const pid of await processesWith(`/${database.name}?`)) process.kill(pid, 'SIGKILL')
    const killed = await running
    expect(verdict(killed)).toBe(`1 partial: ${a} applied, ${b} failed`)
    expect(await bothTables(database)).toEqual([
      `${a} ours completed, supabase yes`,
      `${b} ours failed, supabase no`,
    ])
    expect(await isSleeping(database)).toBe(false)
    expect(await database.query('select n from a')).toEqual([])
    await migrator.write(B, 'insert into a values (1);')
    expect(verdict(await migrator.run('migrate'))).toBe(`0 applied: ${b} applied`)
  })

  it('ends the CLI when the run is asked to end, and leaves nothing running on the server', async () => {
    await using database = await aDatabase({ major: 15 })
    await using migrator = await aSupervised(
      database.url,
      { [A]: 'create table a (n int);\nselect pg_sleep(60);' },
      cli,
    )
    const controller = new AbortController()
    const running = migrator.run('migrate', {
      given: { rehearse: 'off' },
      system: { signal: controller.signal },
    })
    await patiently(() => isSleeping(database))
    const asked = performance.now()
    controller.abort('SIGINT')
    const report = await running
    expect(verdict(report)).toBe(`130 cancelled: ${a} failed`)
    expect(performance.now() - asked).toBeLessThan(5_000)
    expect(report.outcomes[0]?.failure?.message).toContain('cancelled by SIGINT')
    expect(await isSleeping(database)).toBe(false)
    expect(await processesWith(`/${database.name}?`)).toEqual([])
    expect(await eventsOf(database)).toEqual([`${a} cancelled`])
  })

  it('gives up a lock after lock-timeout, names who holds it, and tries again', async () => {
    await using database = await aDatabase({ major: 15 })
    await using migrator = await aSupervised(database.url, { [A]: 'create table a (n int);' }, cli)
    await migrator.run('migrate')
    await migrator.write(B, 'alter table a add column m int;')
    await using other = await aClient(database.url)
    await other.query('begin; lock table a in access share mode')
    const running = migrator.run('migrate', { given: { rehearse: 'off', 'lock-timeout': '1500ms' } })
    // The one release that does not say why a file failed.
    if (cli === '2.110') return expect(verdict(await running)).toBe(`1 failed: ${b} failed`)
    await patiently(async () =>
      migrator.events.some((event) => event.kind === 'retrying' && event.blockers.length > 0),
    )
    await other.query('commit')
    expect(verdict(await running)).toBe(`0 applied: ${b} applied`)
    const retry = migrator.events.find((event) => event.kind === 'retrying')
    expect(retry).toMatchObject({ name: B, reason: expect.stringContaining('lock') })
  })

  it('shows a password with every reserved character to nobody', async () => {
    await using database = await aDatabase({ major: 15 })
    const password = `p:/?#[]@!$&'()*+,;= %"\\<>^\`{|}~é€${database.name.slice(-4)}`
    const role = `r_${database.name}`
    await database.query(`create role ${role} superuser login password '${password.replaceAll("'", "''")}'`)
    try {
      const url = new URL(database.url)
      const given = `postgresql://${role}:${encodeURIComponent(password)}@${url.host}${url.pathname}`
      // The program itself, asked for its version too.
      const path = cliPath(cli)
      const files = { [A]: 'create table a (n int);', [B]: 'select 1/0;' }
      await using migrator = await aSupervised(given, files, { path })
      let report = ''
      const seen = await sampleArguments(async () => {
        report = JSON.stringify(await migrator.run('migrate', { given: { rehearse: 'off' } }))
      })
      const shown = [
        ...seen,
        report,
        JSON.stringify(migrator.events.filter(({ kind }) => kind !== 'configured')),
      ].join('\n')
      expect([...seen].some((line) => line.includes('db\0push') && line.includes(role))).toBe(true)
      for (const spelling of [
        password,
        encodeURIComponent(password),
        Buffer.from(password).toString('base64'),
      ])
        expect(shown).not.toContain(spelling)
      expect(await bothTables(database)).toEqual([
        `${a} ours completed, supabase yes`,
        `${b} ours failed, supabase no`,
      ])
      const wrong = await migrator.run('migrate', { variables: { DATABASE_URL: given.replace(':p', ':x') } })
      expect(wrong.exitCode).toBe(2)
    } finally {
      await database.query(`drop owned by ${role}`).catch(() => [])
      await database.query(
        `reassign owned by ${role} to current_user; drop owned by ${role}; drop role ${role}`,
      )
    }
  })

  it('is connected as strictly as this run is: by certificate and name, or not at all', async () => {
    await using database = await aDatabase({ major: 15 })
    const certificate = await aCertificate('DNS:localhost')
    await using proxy = await aTlsProxy(database.url, certificate)
    const url = new URL(database.url)
    const through = `postgresql://${url.username}:${url.password}@localhost:${proxy.port}${url.pathname}?sslmode=verify-full`
    await using migrator = await aSupervised(through, { [A]: 'create table a (n int);' }, cli)
    await migrator.project.write('ca.pem', certificate.ca)
    const report = await migrator.run('migrate', { given: { rehearse: 'off', 'tls-ca': 'ca.pem' } })
    if (cli === '2.110')
      return expect(trouble(report)).toContain('checks the certificate of a server, but not the name')
    expect(verdict(report)).toBe(`0 applied: ${a} applied`)
    expect(report.target?.tls).toBe('verify-full')

    // What our own connection would not have let come so far.
    const ca = join(migrator.project.path, 'ca.pem')
    for (const [name, authority] of [
      ['DNS:localhost', (await aCertificate('DNS:localhost')).ca],
      ['DNS:db.example.com', undefined],
    ] as const) {
      const other = await aCertificate(name)
      await migrator.project.write('ca.pem', authority ?? other.ca)
      await using middle = await aTlsProxy(database.url, other)
      const { version } = CLIS.find((each) => each.name === cli) ?? CLIS[0]
      const target = {
        host: 'localhost',
        port: middle.port,
        user: url.username,
        database: database.name,
        options: '',
      }
      const args = pushCommand(
        { version },
        { ...target, sslMode: 'verify-full', sslRootCert: ca },
        { workdir: migrator.project.path, includeAll: false },
      )
      const { ended } = runCli({ command: [process.execPath, cliPath(cli)] }, args, {
        cwd: migrator.project.path,
        env: {
          HOME: migrator.project.path,
          PATH: process.env.PATH,
          PGPASSWORD: url.password,
          PGSSLMODE: 'verify-full',
          PGSSLROOTCERT: ca,
          SUPABASE_TELEMETRY_DISABLED: '1',
        },
        onLine: () => {},
      })
      const { exitCode, output } = await ended
      expect(exitCode).toBe(1)
      expect(output).toContain('tls')
      expect(middle.seen.plainBytes).toBe(0)
    }
  })
})

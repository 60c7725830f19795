import { expect, it } from '@jest/globals'
import type { Report } from '../../../src/model/report.js'
import { aDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { aProject } from '../a-project.js'

const users = { 'migrations/01_users.sql': 'create table public.users (id bigint primary key);\n' }
const orders = { 'migrations/02_orders.sql': 'create table public.orders (id bigint primary key);\n' }

const configured = (drift: string, schemas = '') => ({
  'devflow.yml': `version: "1"\nproject:\n  name: test\ndatabase:\n${schemas}  environments:\n    staging:\n      url_env: DATABASE_URL\n      schema-drift: ${drift}\n`,
})

const drift = ({ findings }: Report) =>
  findings
    .filter(({ rule }) => rule === 'schema-drift')
    .map(({ severity, message }) => `${severity}: ${message}`)

const byHand = 'alter table public.users add nickname text'
const seen = 'The column public.users.nickname is in the database and was not when the last run ended.'

eachMajor('schema drift, in the whole program', (major) => {
  it('is shown by plan, verify and dry-run, and taken as it is by the next run that applies something', async () => {
    await using database = await aDatabase({ major })
    await using project = await aProject(users)
    expect(await project.run('migrate', database.url)).toMatchObject({ status: 'applied', ready: true })
    expect(await project.run('plan', database.url)).toMatchObject({ exitCode: 0, findings: [], notes: [] })
    expect(await project.run('verify', database.url)).toMatchObject({ exitCode: 0, findings: [] })
    await database.query(byHand)
    for (const command of ['plan', 'verify', 'dry-run']) {
      const report = await project.run(command, database.url)
      expect([report.exitCode, report.ready, drift(report)]).toEqual([0, true, [`warning: ${seen}`]])
    }
    await project.writeAll(orders)
    for (const command of ['dry-run', 'migrate']) {
      const report = await project.run(command, database.url)
      expect([report.exitCode, drift(report)]).toEqual([0, [`warning: ${seen}`]])
    }
    expect(drift(await project.run('plan', database.url))).toEqual([])
    expect(await database.query('select count(*)::int as n from devflow.schema_snapshots')).toEqual([
      { n: 2 },
    ])
  })

  it('stops a run before anything is done where the configuration says so, until it is undone or taken back', async () => {
    await using database = await aDatabase({ major })
    await using project = await aProject({ ...users, ...configured('error') })
    await project.run('migrate', database.url)
    await database.query(byHand)
    // With nothing to apply there is nothing to stop.
    expect(await project.run('migrate', database.url)).toMatchObject({ status: 'up-to-date', ready: true })
    expect(await project.run('dry-run', database.url)).toMatchObject({ exitCode: 1, ready: false })
    await project.writeAll(orders)
    for (const command of ['plan', 'dry-run', 'migrate', 'verify']) {
      const report = await project.run(command, database.url)
      expect(report).toMatchObject({ status: 'refused', exitCode: 1, ready: false, rehearsal: [] })
      expect(drift(report)).toEqual([`error: ${seen}`])
    }
    expect(await database.query(`select to_regclass('public.orders') as there`)).toEqual([{ there: null }])
    await database.query('alter table public.users drop nickname')
    expect(await project.run('migrate', database.url)).toMatchObject({ status: 'applied', ready: true })
    await database.query(byHand)
    await database.query('delete from devflow.schema_snapshots')
    await project.write('migrations/03_more.sql', 'create table public.more (id bigint primary key);\n')
    expect(await project.run('migrate', database.url)).toMatchObject({ status: 'applied', ready: true })
  })

  it('is neither recorded nor compared where it is off, and watches the schemas that are named', async () => {
    await using database = await aDatabase({ major })
    await using project = await aProject({ ...users, ...configured('off') })
    await project.run('migrate', database.url)
    expect(await database.query('select from devflow.schema_snapshots')).toEqual([])
    await project.writeAll({ ...orders, ...configured('warn', '  schemas: [app]\n') })
    await project.run('migrate', database.url)
    await database.query(`${byHand}; create schema app`)
    expect(drift(await project.run('plan', database.url))).toEqual([
      'warning: The schema app is in the database and was not when the last run ended.',
    ])
  })

  it('is not seen where nobody but us was there, whatever was applied, failed or was rehearsed', async () => {
    await using database = await aDatabase({ major })
    const files = Array.from({ length: 40 }, (_, index) => {
      const n = String(index + 1).padStart(3, '0')
      return [`migrations/${n}_t.sql`, TEXTS[index % TEXTS.length]?.replaceAll('N', n) ?? ''] as const
    })
    await using project = await aProject(Object.fromEntries(files))
    for (const to of ['013', '020', '040']) {
      expect(await project.run('migrate', database.url, { to })).toMatchObject({ exitCode: 0 })
      const report = await project.run('plan', database.url)
      expect([drift(report), report.notes.filter((note) => note.includes('schema'))]).toEqual([[], []])
    }
    await project.write('migrations/041_bad.sql', 'create table public.bad (a int); select 1/0;\n')
    expect(await project.run('migrate', database.url)).toMatchObject({ exitCode: 1 })
    const report = await project.run('verify', database.url)
    expect([drift(report), report.notes.filter((note) => note.includes('schema'))]).toEqual([[], []])
  })
})

const TEXTS = [
  'create table public.tN (id bigint generated always as identity primary key, n int default 3, t text);',
  'alter table public.users add cN text;'.replace('users', 't001'),
  'create index concurrently iN on public.t001 (id);',
  'create view public.vN as select id from public.t001 where id > 1;',
  "create function public.fN() returns int language sql as 'select 1';",
  "create type public.eN as enum ('a'); insert into public.t001 (t) values ('x');",
  'create policy pN on public.t001 using (true);',
]

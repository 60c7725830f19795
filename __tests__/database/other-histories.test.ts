import { createHash, randomBytes } from 'node:crypto'
import { expect, it } from '@jest/globals'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aProject } from './a-project.js'
import { asUser } from './a-session.js'

const count = 'INSERT INTO public.counter VALUES (1);\n'
const files = {
  'migrations/01_count.sql': count,
  'migrations/02_two.sql': 'CREATE TABLE public.two (id int);\n',
}

/** A custom runner's table, and what its first file did. */
async function seed(database: TestDatabase, schema = 'public', checksum = sum(count)): Promise<void> {
  await database.query(`CREATE SCHEMA IF NOT EXISTS ${schema};
    CREATE TABLE ${schema}.schema_migrations (version varchar(50) PRIMARY KEY, name varchar(255) NOT NULL,
      applied_at timestamptz DEFAULT now(), checksum varchar(64) NOT NULL, execution_time_ms int, status varchar(20) NOT NULL,
      error_message text, applied_by varchar(100));
    INSERT INTO ${schema}.schema_migrations (version, name, checksum, status) VALUES ('1', '01_count.sql', '${checksum}', 'completed');
    CREATE TABLE public.counter (n int); INSERT INTO public.counter VALUES (1);`)
}

const sum = (text: string) => createHash('sha256').update(text).digest('hex')

const settings = (place: Record<string, string>, project?: string) => ({
  'devflow.yml': `version: "1"\n${project === undefined ? '' : `project:\n  name: ${project}\n`}database:\n  migrations:\n${Object.entries(
    place,
  )
    .map(([key, value]) => `    ${key}: ${value}\n`)
    .join('')}`,
})

const counted = (database: TestDatabase) => database.query('SELECT count(*)::int AS n FROM public.counter')

eachMajor('a history of our kind at another place', (major) => {
  it('stops what would apply its files again, and the way out is that place', async () => {
    await using database = await aDatabase({ major })
    await seed(database)
    await using project = await aProject({ ...files, ...settings({ tracking_schema: 'other' }) })
    for (const command of ['plan', 'dry-run', 'migrate', 'verify']) {
      const report = await project.run(command, database.url, { rehearse: 'target' })
      expect(report).toMatchObject({ status: 'refused', exitCode: 1, ready: false })
      expect(report.problems[0]?.message).toBe(
        'There is no history in other.schema_migrations, but public.schema_migrations records these files as applied: 01_count.sql. They would be applied a second time.',
      )
      expect(report.problems[0]?.help).toMatch(/database\.migrations\.tracking_schema: public\. /)
    }
    expect(await counted(database)).toEqual([{ n: 1 }])
    expect(await database.query(`SELECT to_regnamespace('other') AS other`)).toEqual([{ other: null }])
    expect(await project.run('status', database.url)).toMatchObject({
      exitCode: 0,
      notes: [expect.stringMatching(/^There is no history in other/)],
    })

    await project.writeAll(settings({ tracking_schema: 'public' }))
    expect(await project.run('migrate', database.url)).toMatchObject({ status: 'applied', problems: [] })
    expect(await counted(database)).toEqual([{ n: 1 }])
  })

  it('is found in any schema and under any name, also where nothing is configured', async () => {
    await using database = await aDatabase({ major })
    await database.query('CREATE TABLE public.counter (n int)')
    const place = { tracking_schema: '"Our place"', tracking_table: '"applied files"' }
    await using project = await aProject({ ...files, ...settings(place) })
    expect(await project.run('migrate', database.url)).toMatchObject({ status: 'applied' })

    const elsewhere = [
      settings({ changed: 'error' }),
      settings({ tracking_schema: '"Our place"' }),
      settings({ tracking_schema: 'other' }, 'named-since'),
    ]
    for (const other of elsewhere) {
      await project.writeAll(other)
      const report = await project.run('migrate', database.url)
      expect(report).toMatchObject({ status: 'refused', exitCode: 1, outcomes: [] })
      expect(report.problems[0]?.message).toMatch(
        /but Our place\.applied files records these files as applied: 01_count\.sql, 02_two\.sql\./,
      )
      expect(report.problems[0]?.help).toMatch(/tracking_table: applied files/)
    }
    expect(await counted(database)).toEqual([{ n: 1 }])
  })

  it('is known by name and version where the text is another or its checksum a stranger’s', async () => {
    await using database = await aDatabase({ major })
    await seed(database, 'old', 'deadbeef')
    await using project = await aProject({ ...files, ...settings({ tracking_schema: 'other' }) })
    expect(await project.run('migrate', database.url)).toMatchObject({ status: 'refused', exitCode: 1 })
    expect(await counted(database)).toEqual([{ n: 1 }])
  })

  it('is none where the files only failed, or where it is a temporary table of somebody', async () => {
    await using database = await aDatabase({ major })
    await seed(database)
    await database.query(`UPDATE public.schema_migrations SET status = 'failed'`)
    await using other = await aClient(database.url)
    await other.query(`CREATE TEMPORARY TABLE schema_migrations (LIKE public.schema_migrations);
      INSERT INTO schema_migrations (version, name, checksum, status) VALUES ('1', '01_count.sql', '', 'completed')`)
    await using project = await aProject({ ...files, ...settings({ tracking_schema: 'other' }) })
    expect(await project.run('migrate', database.url)).toMatchObject({
      status: 'applied',
      problems: [],
      notes: [],
    })
  })

  it('is left behind by a baseline', async () => {
    await using database = await aDatabase({ major })
    await seed(database)
    await using project = await aProject({ ...files, ...settings({ tracking_schema: 'other' }) })
    const based = await project.run('baseline', database.url, { to: '01', reason: 'moved' })
    expect(based).toMatchObject({ problems: [], exitCode: 0 })
    expect(await project.run('migrate', database.url)).toMatchObject({ status: 'applied', problems: [] })
    expect(await counted(database)).toEqual([{ n: 1 }])
  })

  it('is another project’s where it has another name, and stops nothing', async () => {
    await using database = await aDatabase({ major })
    await database.query('CREATE TABLE public.counter (n int)')
    await using project = await aProject({ ...files, ...settings({ tracking_schema: 'one' }, 'shop') })
    await project.run('migrate', database.url)
    await project.writeAll(settings({ tracking_schema: 'two' }, 'billing'))
    await project.write('migrations/02_two.sql', 'CREATE TABLE public.three (id int);\n')
    expect(await project.run('migrate', database.url)).toMatchObject({ status: 'applied', notes: [] })
    expect(await counted(database)).toEqual([{ n: 2 }])
  })

  it('is another’s where it has none of the files, which a note tells', async () => {
    await using database = await aDatabase({ major })
    await seed(database)
    await using project = await aProject({
      'migrations/01_orders.sql': 'CREATE TABLE public.orders (id int);\n',
      ...settings({ tracking_schema: 'other' }),
    })
    expect(await project.run('migrate', database.url)).toMatchObject({
      status: 'applied',
      notes: [
        'The database has another history of this kind, public.schema_migrations. None of these files is recorded there.',
      ],
    })
    expect(await project.run('migrate', database.url)).toMatchObject({ status: 'up-to-date', notes: [] })
  })

  it('that may not be read is told of, and one that is held stops the run', async () => {
    await using database = await aDatabase({ major })
    await seed(database)
    await using project = await aProject({
      'migrations/01_count.sql': 'SELECT 1;\n',
      ...settings({ tracking_schema: 'other' }),
    })
    const held = (why: RegExp) => ({
      status: 'refused',
      problems: [{ busy: true, message: expect.stringMatching(why) }],
    })
    {
      await using holder = await aClient(database.url)
      await holder.query('BEGIN; LOCK TABLE public.schema_migrations')
      expect(await project.run('migrate', database.url)).toMatchObject(
        held(/can not be read: canceling statement due to lock timeout/),
      )
    }
    const name = `role_${randomBytes(5).toString('hex')}`
    await database.query(
      `CREATE ROLE ${name} LOGIN PASSWORD 'r0le-pw'; GRANT CREATE ON DATABASE ${database.name} TO ${name}`,
    )
    try {
      expect(await project.run('migrate', asUser(database.url, name, 'r0le-pw'))).toMatchObject({
        status: 'applied',
        notes: expect.arrayContaining([
          expect.stringMatching(/public\.schema_migrations, and it can not be read: permission denied/),
        ]),
      })
    } finally {
      await database.query(`DROP OWNED BY ${name} CASCADE; DROP ROLE ${name}`)
    }
  })
})

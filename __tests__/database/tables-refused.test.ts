import { randomBytes } from 'node:crypto'
import { expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aProject, trackedIn } from './a-project.js'
import { asUser } from './a-session.js'

const older = `CREATE TABLE public.schema_migrations (version varchar(50) PRIMARY KEY, name varchar(255) NOT NULL,
  applied_at timestamptz, checksum varchar(64) NOT NULL, execution_time_ms int, status varchar(20) NOT NULL,
  error_message text, applied_by varchar(100));`

/** What the server refuses our tables for, and the way out that is told. */
const refusals: readonly { of: string; ddl: string; help: RegExp }[] = [
  {
    of: 'a view on them',
    ddl: `${older} CREATE VIEW public.dash AS SELECT version, status FROM public.schema_migrations;`,
    help: /^Something depends on these tables.*pg_describe_object.*'schema_migrations'/,
  },
  {
    of: 'a policy on them',
    ddl: `${older} CREATE POLICY own ON public.schema_migrations USING (applied_by = current_user);`,
    help: /^Something depends on these tables/,
  },
  {
    of: 'a type of that name',
    ddl: `CREATE TYPE public.schema_migrations AS ENUM ('a');`,
    help: /^Something of that name is there/,
  },
]

eachMajor('where our tables are refused', (major) => {
  for (const rehearse of ['target', 'off']) {
    it(`the way out is that of the reason, and never another place, rehearse ${rehearse}`, async () => {
      await using project = await aProject({
        'migrations/01_users.sql': 'create table public.users (id int);\n',
        ...trackedIn('public'),
      })
      for (const { of, ddl, help } of refusals) {
        await using database = await aDatabase({ major })
        await database.query(ddl)
        const { problems, ...report } = await project.run('migrate', database.url, { rehearse })
        expect({ of, ...report }).toMatchObject({ of, status: 'failed', exitCode: 2 })
        expect(problems[0]?.message).toMatch(/^The tracking tables .*can not be created or upgraded/)
        expect(problems[0]?.help).toMatch(help)
        expect(problems[0]?.help).not.toMatch(/tracking_schema/)
      }
    })
  }

  it('for want of rights a role with them is the way out', async () => {
    await using project = await aProject({
      'migrations/01_users.sql': 'create table public.users (id int);\n',
    })
    await using database = await aDatabase({ major })
    const name = `role_${randomBytes(5).toString('hex')}`
    await database.query(`CREATE ROLE ${name} LOGIN PASSWORD 'r0le-pw'`)
    try {
      const { problems } = await project.run('migrate', asUser(database.url, name, 'r0le-pw'))
      expect(problems[0]?.help).toMatch(/^Use a role that may create the schema and owns the tables\./)
    } finally {
      await database.query(`DROP ROLE ${name}`)
    }
  })

  it('what depends on them is found by the statement that is told', async () => {
    await using database = await aDatabase({ major })
    await database.query(refusals[0]?.ddl ?? '')
    await using project = await aProject({ 'migrations/01_users.sql': 'select 1;\n', ...trackedIn('public') })
    const { problems } = await project.run('migrate', database.url)
    const [sql = ''] =
      /SELECT pg_describe_object.*'migration_history'\)\)/.exec(problems[0]?.help ?? '') ?? []
    expect(await database.query(sql)).toContainEqual({ pg_describe_object: 'rule _RETURN on view dash' })
  })
})

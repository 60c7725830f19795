// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of the SQL
import { describe, expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, type Migrator, verdict } from './a-migrator.js'
import { everyOutlet } from './every-outlet.js'

/** Everything that could end a literal, a name or a comment, and what looks like another placeholder. */
const AWKWARD = `O'Neil's "x" \\' \\\\ \${OTHER} $$ $a$ -- /* ; é😀\n:name %L zebra-violin`
const NAME = 'od"d.Na\\me\'; --'

const quoted = 'create table t (v text); insert into t values (${VALUE});'

eachMajor('substitution', (major) => {
  it.each([
    ['in one transaction', quoted],
    ['outside of a transaction', quoted.replace('create', '-- devflow:no-transaction\ncreate')],
    ['in a transaction of its own', `-- devflow:no-transaction\nbegin; ${quoted} commit;`],
    ['beside a statement that runs alone', `${quoted} create index concurrently i on t (v);`],
    [
      'behind COPY',
      'create table t (v text); copy t from stdin;\na\n\\.\ndelete from t; insert into t values (${VALUE});',
    ],
  ])('sends a value exactly as it is, %s', async (_, sql) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_value.sql': `-- devflow:substitute=VALUE, OTHER\n${sql}`,
    })
    const report = await migrator.run('migrate', { variables: { VALUE: AWKWARD, OTHER: 'no' } })
    expect(report.problems).toEqual([])
    expect(verdict(report)).toBe('0 applied: 01 applied')
    expect(await database.query('select v from t')).toEqual([{ v: AWKWARD }])
    expect(everyOutlet(report, migrator.events)).not.toContain('zebra')
  })

  it('sends a name exactly as it is', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_name.sql': '-- devflow:substitute=TABLE:identifier\ncreate table public.${TABLE} (id int);',
    })
    const report = await migrator.run('migrate', { variables: { TABLE: NAME } })
    expect(verdict(report)).toBe('0 applied: 01 applied')
    const tables = await database.query("select tablename from pg_tables where schemaname = 'public'")
    expect(tables).toEqual([{ tablename: NAME }])
  })

  it.each([
    ['behind a value', 'select ${VALUE}, ${VALUE}, nope;', 28, 'nope;'],
    ['before a value', 'select nope, ${VALUE};', 8, 'nope,'],
    ['behind a value of two lines', 'select ${LINES}, nope;', 18, 'nope;'],
    ['at a value', 'select 1 + ${VALUE};', 12, '${VALUE};'],
  ])('says where an error is %s', async (_, sql, column, excerpt) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_value.sql': `-- devflow:substitute=VALUE,LINES\n/* 😀 */ select 1;\n${sql}`,
    })
    const variables = { VALUE: AWKWARD, LINES: 'one\ntwo' }
    for (const given of [{}, { transaction: 'none' }]) {
      const report = await migrator.run('migrate', { variables, given })
      const failure = [...report.rehearsal, ...report.outcomes].find((one) => one.failure)?.failure
      expect(failure?.position).toMatchObject({ line: 3, column })
      const [line = '', caret = ''] = failure?.excerpt?.split('\n') ?? []
      expect(line.slice(caret.indexOf('^'))).toMatch(new RegExp(`^${excerpt.replace(/[${}]/g, '\\$&')}`))
      expect(everyOutlet(report, migrator.events)).not.toContain('zebra')
    }
  })
})

describe('substitution', () => {
  const withRole = (text: string) => ({ '01_role.sql': text })

  async function validated(text: string, yml = ''): Promise<Awaited<ReturnType<Migrator['run']>>> {
    await using migrator = await aMigrator('postgres://nobody@127.0.0.1:1/none', withRole(text))
    if (yml) await migrator.project.write('devflow.yml', yml)
    return await migrator.run('validate')
  }

  it('needs no value to validate', async () => {
    const report = await validated(
      '-- devflow:substitute=APP_PASSWORD\ncreate role app password ${APP_PASSWORD};',
    )
    expect(report.findings).toEqual([])
    expect(report.exitCode).toBe(0)
  })

  it('can be declared in the configuration', async () => {
    const yml = 'database: { migrations: { substitute: [APP_PASSWORD, { name: APP_ROLE, as: identifier }] } }'
    const report = await validated('create role ${APP_ROLE} password ${APP_PASSWORD};', yml)
    expect(report.problems).toEqual([])
    expect(report.findings).toEqual([])
  })

  it('tells how to declare what is not', async () => {
    const { findings } = await validated('create role app password ${APP_PASSWORD};')
    expect(findings.map(({ rule, position, help }) => [rule, position?.column, help])).toEqual([
      [
        'syntax-error',
        26,
        'To have ${APP_PASSWORD} filled in from the environment, put a line `-- devflow:substitute=APP_PASSWORD` at the top of the file; `APP_PASSWORD:identifier` where it is a name.',
      ],
    ])
  })

  it('tells that a name before it has taken its dollar', async () => {
    const { findings } = await validated('-- devflow:substitute=APP\nselect E${APP};')
    expect(findings[0]?.help).toBe(
      'Put a space before ${APP}: what it touches takes the dollar sign for its own.',
    )
  })

  it('tells it of a variable of psql, too', async () => {
    const { findings } = await validated('create role :"app_role" password :app_password;')
    expect(findings[0]?.help).toContain('`-- devflow:substitute=APP_ROLE:identifier`')
  })

  it.each([
    'select \'${OTHER}\', $$ ${OTHER} $$, "${OTHER}" from (select 1 as "${OTHER}") t; -- ${OTHER} ${APP}',
    '/* ${APP} */ select ${APP};',
    "select ${APP} || 'x', (${APP}), 1;",
    'select ${APP}::text;',
  ])('leaves alone what is no placeholder: %s', async (sql) => {
    expect((await validated(`-- devflow:substitute=APP\n${sql}`)).findings).toEqual([])
  })

  it.each([
    ["create role app password '${APP}';", 'stands between quotes', 27],
    ['create table "${APP}" (id int);', 'stands between quotes', 15],
    ['do $$ begin perform ${APP}; end $$;', 'stands in a dollar-quoted text', 21],
    ['copy t from stdin;\n${APP}\n\\.\n', 'stands in the rows of a COPY', 1],
    ['select 1${APP};', 'touches what stands beside it', 9],
    ['select ${APP}x;', 'touches what stands beside it', 8],
    ["select ${APP}\n'x';", 'stands next to a string', 8],
    ["select 'x'\n${APP};", 'stands next to a string', 1],
    ['select ${APP}\n${APP};', 'stands next to a string', 8],
  ])('refuses a placeholder where none is filled in: %s', async (sql, why, column) => {
    const { findings } = await validated(`-- devflow:substitute=APP\n${sql}`)
    const found = findings.filter(({ rule }) => rule === 'misplaced-substitution')
    expect(found.map(({ message, position }) => [message, position?.column])).toContainEqual([
      expect.stringContaining(why),
      column,
    ])
  })

  it.each([
    ['1APP', 'no variable'],
    ['APP:text', 'no variable'],
    ['', 'no variable'],
    ['APP,', 'no variable'],
    ['DATABASE_URL', "the run's own"],
    ['ACTIONS_ID_TOKEN_REQUEST_TOKEN', "the run's own"],
  ])('refuses the declaration %p', async (declared, why) => {
    const { findings } = await validated(`-- devflow:substitute=${declared}\nselect 1;`)
    expect(findings.map(({ rule, message }) => [rule, message])).toEqual([
      ['bad-directive', expect.stringContaining(why)],
    ])
  })

  it('says which variables are missing or can not be, before anything is sent', async () => {
    await using database = await aDatabase()
    await using migrator = await aMigrator(database.url, {
      '01_role.sql':
        '-- devflow:substitute=A,B, ROLE:identifier\ncreate table t (id int); select ${A}, ${B} as ${ROLE};',
    })
    const variables = { B: '', ROLE: 'zebra'.repeat(20) }
    const report = await migrator.run('migrate', { variables })
    expect(report.exitCode).toBe(2)
    expect(report.problems.map(({ message }) => message)).toEqual([
      'The variable A is not set, or empty, and 01_role.sql needs it for ${A}.',
      'The variable B is not set, or empty, and 01_role.sql needs it for ${B}.',
      'The variable ROLE has 100 bytes, and 01_role.sql needs it for a name, of which PostgreSQL keeps 63.',
    ])
    expect(everyOutlet(report, migrator.events)).not.toContain('zebra')
    expect((await migrator.run('plan', { variables })).exitCode).toBe(0)
    expect(await database.query("select 1 from pg_tables where tablename = 't'")).toEqual([])
  })

  it('keeps the checksum of the file as it is written, whatever the values', async () => {
    await using database = await aDatabase()
    await using migrator = await aMigrator(database.url, {
      '01_value.sql': '-- devflow:substitute=VALUE\ncreate table t as select ${VALUE} as v;',
    })
    await migrator.run('migrate', { variables: { VALUE: 'one' } })
    const again = await migrator.run('migrate', { variables: { VALUE: 'two' } })
    expect(verdict(again)).toBe('0 up-to-date')
  })

  it('shows no value that the server quotes, nor keeps it in history', async () => {
    await using database = await aDatabase()
    await using migrator = await aMigrator(database.url, {
      '01_value.sql':
        "-- devflow:substitute=VALUE\nselect set_config('app.v', ${VALUE}, false); do $$ begin raise notice '%', current_setting('app.v'); raise exception '%', current_setting('app.v') using hint = quote_literal(current_setting('app.v')); end $$;",
    })
    const masked: string[] = []
    const mask = (secrets: readonly string[]) => void masked.push(...secrets)
    for (const rehearse of ['target', 'off']) {
      await migrator.project.write(
        'devflow.yml',
        `database: { environments: { test: { rehearse: ${rehearse} } } }`,
      )
      const report = await migrator.run('migrate', { variables: { VALUE: AWKWARD }, system: { mask } })
      expect(report.exitCode).toBe(1)
      expect(everyOutlet(report, migrator.events)).not.toMatch(/zebra|Neil/)
    }
    const history = await database.query('select error_message from devflow.migration_history')
    expect(history.length).toBeGreaterThan(0)
    expect(JSON.stringify(history)).not.toMatch(/zebra|Neil/)
    expect(masked).toContain(AWKWARD)
  })
})

describe('a value from the environment', () => {
  it('sends what is too large for one message', async () => {
    await using database = await aDatabase()
    const rows = `insert into t values ('${'x'.repeat(1000)}');\n`.repeat(9000)
    await using migrator = await aMigrator(database.url, {
      '01_large.sql': `-- devflow:substitute=VALUE\ncreate table t (v text);\n${rows}delete from t; insert into t values (\${VALUE}); select nope;`,
    })
    const variables = { VALUE: AWKWARD }
    const failed = await migrator.run('migrate', { variables })
    const [{ failure } = {}] = failed.rehearsal
    expect(failure?.position).toMatchObject({ line: 9003, column: 56 })
    await migrator.write(
      '01_large.sql',
      `-- devflow:substitute=VALUE\ncreate table t (v text);\n${rows}delete from t; insert into t values (\${VALUE});`,
    )
    expect(verdict(await migrator.run('migrate', { variables }))).toBe('0 applied: 01 applied')
    expect(await database.query('select v from t')).toEqual([{ v: AWKWARD }])
  })
})

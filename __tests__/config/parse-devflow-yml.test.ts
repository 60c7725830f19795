import { describe, expect, it } from '@jest/globals'
import { parseDevflowYml } from '../../src/config/parse-devflow-yml.js'
import { cpuMs } from '../support/cpu-ms.js'

const parse = (text: string) => parseDevflowYml(text, 'devflow.yml')
const messagesOf = async (text: string) => (await parse(text)).problems.map((problem) => problem.message)
const helpsOf = async (text: string) => (await parse(text)).problems.map((problem) => problem.help)

const AOSENTRY = `version: "1"

project:
  name: aosentry

database:
  migrations:
    directory: supabase/migrations
    format: supabase  # AOSentry uses Supabase, so use CLI executor
    tracking_table: schema_migrations
    tracking_schema: supabase_migrations  # Supabase CLI uses this schema

  environments:
    local:
      url_env: DATABASE_URL
    staging:
      url_env: DATABASE_URL
    production:
      url_env: DATABASE_URL
      require_approval: true

secrets:
  provider: 1password
  vault: AOCyber
  mappings:
    - name: aosentry_database_url
      op_item: AOSentry Staging
      op_field: database_url
`

const AOCODEX = `version: "1"

project:
  name: aocodex

database:
  migrations:
    directory: supabase/migrations
    format: sql  # or 'supabase' to use Supabase CLI
    tracking_table: schema_migrations
    tracking_schema: public

  environments:
    local:
      url_env: DATABASE_URL
    staging:
      url_env: DATABASE_URL  # Set in GitHub Actions
    production:
      url_env: DATABASE_URL
      require_approval: true
`

describe('parseDevflowYml', () => {
  it('reads the file of the AOSentry document as it stands', async () => {
    const file = await parse(AOSENTRY)
    expect(file.problems).toEqual([])
    expect(file.document).toEqual({
      version: '1',
      project: { name: 'aosentry' },
      database: {
        migrations: {
          directory: 'supabase/migrations',
          format: 'supabase',
          tracking_table: 'schema_migrations',
          tracking_schema: 'supabase_migrations',
        },
        environments: {
          local: { url_env: 'DATABASE_URL' },
          staging: { url_env: 'DATABASE_URL' },
          production: { url_env: 'DATABASE_URL', require_approval: true },
        },
      },
      secrets: {
        provider: '1password',
        vault: 'AOCyber',
        mappings: [{ name: 'aosentry_database_url', op_item: 'AOSentry Staging', op_field: 'database_url' }],
      },
    })
  })

  it('reads the file of the AOCodex document as it stands', async () => {
    const file = await parse(AOCODEX)
    expect(file.problems).toEqual([])
    expect(file.document.database?.migrations?.tracking_schema).toBe('public')
    expect(file.document.database?.environments?.production?.require_approval).toBe(true)
  })

  it.each([
    'database:\n  migrations:\n    format: supabase  # Uses: supabase db push --db-url $DATABASE_URL\n',
    'database:\n  migrations:\n    directory: supabase/migrations\n    format: supabase\n    use_supabase_cli: true\n',
  ])('reads the fragments of the documents', async (text) => {
    expect((await parse(text)).problems).toEqual([])
  })

  it('reads every key there is', async () => {
    const text = `version: 1
database:
  migrations: { exclude: ["seed*.sql"], legacy: ["00*.sql"], allow_out_of_order: false }
  environments:
    local:
    europe:
      class: production
      github-environment: eu
      lock-timeout: 500ms
      statement-timeout: 0
      idle-in-transaction-session-timeout: 1m
      transaction-timeout: 1h
      lock-wait: 10m
      transaction: all
      rehearse: off
`
    const file = await parse(text)
    expect(file.problems).toEqual([])
    expect(file.document.database?.environments).toEqual({
      local: null,
      europe: {
        class: 'production',
        'github-environment': 'eu',
        'lock-timeout': '500ms',
        'statement-timeout': 0,
        'idle-in-transaction-session-timeout': '1m',
        'transaction-timeout': '1h',
        'lock-wait': '10m',
        transaction: 'all',
        rehearse: 'off',
      },
    })
  })

  it.each(['', '# nothing yet\n', '---\n', '{}'])('takes %p for an empty file', async (text) => {
    const file = await parse(text)
    expect([file.document, file.problems]).toEqual([{}, []])
  })

  it('tells every mistake at once, in the order of the file, with line and column', async () => {
    const text = `version: "2"
projekt:
  name: shop
database:
  migrations:
    format: sqll
    tracking-table: x
  environments:
    staging:
      lock-timeout: 5
      require_approval: yes please
`
    expect(await messagesOf(text)).toEqual([
      'devflow.yml:1:10: version is "2"; it must be "1".',
      'devflow.yml:2:1: unknown key "projekt".',
      'devflow.yml:6:13: database.migrations.format is "sqll"; it must be sql or supabase.',
      'devflow.yml:7:5: unknown key "tracking-table" in database.migrations.',
      'devflow.yml:10:21: database.environments.staging.lock-timeout is 5; it must be a duration with a unit (500ms, 3s, 5m, 1h), at most 24 days, or 0.',
      'devflow.yml:11:25: database.environments.staging.require_approval is "yes please"; it must be true or false.',
    ])
  })

  it('suggests the key or the value that was meant, and lists what is allowed', async () => {
    const [first, second] = await helpsOf('database:\n  migrations:\n    fromat: sql\n    format: supabse\n')
    expect(first).toBe(
      'Did you mean format? Allowed here: directory, format, tracking, prelude, tracking_table, tracking_schema, use_supabase_cli, supabase-cli, exclude, legacy, substitute, allow_out_of_order, gaps, changed.',
    )
    expect(second).toBe('Did you mean supabase?')
    const [environment] = await helpsOf(
      'database:\n  environments:\n    prod:\n      require-approval: true\n',
    )
    expect(environment).toMatch(/^Did you mean require_approval\? /)
    const [mapping] = await helpsOf(
      'secrets:\n  provider: 1password\n  mappings:\n    - { name: a, op_item: b, op_field: c, op_vault: d }',
    )
    expect(mapping).toContain('Allowed here: name, op_item, op_field, environments.')
  })

  it.each([
    ['environments: {}', 'There is one of that name under database. Allowed here: version, project, '],
    [
      'database: { directory: db }',
      'There is one of that name under database.migrations. Allowed here: migrations, ',
    ],
    [
      'database: { provider: 1password }',
      'There is one of that name under secrets. Allowed here: migrations, ',
    ],
    ['database: { secrets: {} }', 'There is one of that name at the top level. Allowed here: migrations, '],
    ['database: { migrations: { provider: 1password } }', 'Allowed here: directory, '],
    ['projct: {}', 'Did you mean project? Allowed here: version, '],
  ])('says of %p where the key belongs', async (text, help) => {
    const [first = '', ...others] = await helpsOf(text)
    expect(first.slice(0, help.length)).toBe(help)
    expect(others).toEqual([])
  })

  it('counts columns in characters', async () => {
    expect(await messagesOf('project: { name: "😀é", x: 1 }')).toEqual([
      'devflow.yml:1:24: unknown key "x" in project.',
    ])
    expect(await messagesOf('\ufeffx: 1')).toEqual(['devflow.yml:1:1: unknown key "x".'])
    expect(await messagesOf('version: "1"\r\nx: 1\r\n')).toEqual(['devflow.yml:2:1: unknown key "x".'])
  })

  it('tells what is missing at the place where it belongs', async () => {
    expect(
      await messagesOf('secrets:\n  provider: 1password\n  mappings:\n    - name: a\n      op_item: b\n'),
    ).toEqual([
      'devflow.yml:4:7: secrets.mappings[0].op_field is missing; it must be text, in quotes where it looks like a number.',
    ])
  })

  it.each([
    ['- a\n', 'devflow.yml:1:1: the file is a list; it must be a map of settings.'],
    ['just text', 'devflow.yml:1:1: the file is a text (not shown); it must be a map of settings.'],
    ['database: 5', 'devflow.yml:1:11: database is 5; it must be a map of settings.'],
    [
      'database:\n  environments:\n    staging: postgres://app:geheim@db/shop\n',
      'devflow.yml:3:14: database.environments.staging is a URL or address (not shown); it must be a map of settings.',
    ],
  ])('says of %p what it should have been', async (text, message) => {
    expect(await messagesOf(text)).toEqual([message])
  })

  it('tells duplicate keys with both places, together with the other mistakes', async () => {
    const text = 'project:\n  name: a\n  name: b\nproject: {}\nx: 1\n'
    const file = await parse(text)
    expect(file.problems).toEqual([
      {
        message: 'devflow.yml:3:3: the key "name" is there twice.',
        help: 'Keep one of them; the first is at devflow.yml:2:3.',
      },
      {
        message: 'devflow.yml:4:1: the key "project" is there twice.',
        help: 'Keep one of them; the first is at devflow.yml:1:1.',
      },
      expect.objectContaining({ message: 'devflow.yml:5:1: unknown key "x".' }),
    ])
    expect(file.document).toEqual({})
  })

  it.each([
    ['an open bracket', 'version: "1"\ndatabase: [\n', 'devflow.yml:3:1: not valid YAML: '],
    ['a tab', 'database:\n\tmigrations: {}\n', 'devflow.yml:2:1: not valid YAML: '],
    ['a second document', 'version: "1"\n---\nversion: "1"\n', 'devflow.yml:2:1: not valid YAML: '],
    ['an unknown tag', 'version: !secret x\n', 'devflow.yml:1:10: not valid YAML: '],
    ['an alias without anchor', 'database: *nothing\n', 'devflow.yml:1:11: an alias without its anchor.'],
  ])('tells %s with its place', async (_, text, message) => {
    const messages = await messagesOf(text)
    expect(messages[0]).toContain(message)
  })

  it('follows aliases, to their values and to their mistakes', async () => {
    const good = 'database:\n  environments:\n    a: &x { class: staging }\n    b: *x\n'
    expect((await parse(good)).document.database?.environments?.b).toEqual({ class: 'staging' })
    const bad = 'database:\n  environments:\n    a: &x { class: 5 }\n    b: *x\n'
    expect(await messagesOf(bad)).toEqual([
      expect.stringContaining('devflow.yml:3:20: database.environments.a.class is 5'),
      expect.stringContaining('devflow.yml:3:20: database.environments.b.class is 5'),
    ])
  })

  it('holds a bomb of aliases off', async () => {
    const levels = Array.from({ length: 12 }, (_, level) =>
      level === 0 ? 'a0: &a0 [x, x]' : `a${level}: &a${level} [${`*a${level - 1}, `.repeat(8)}]`,
    )
    const started = cpuMs()
    const messages = await messagesOf(levels.join('\n'))
    expect(messages).toHaveLength(1)
    expect(messages[0]).toMatch(/can't be read as YAML/)
    expect(await messagesOf(`a: &a 1\nb: [${'*a, '.repeat(500)}]`)).toEqual([
      expect.stringContaining('more than 100 aliases'),
    ])
    expect(cpuMs() - started).toBeLessThan(5000)
  })

  it.each([
    ['lists on one line', '- '.repeat(100_000)],
    ['keys on one line', '? '.repeat(100_000)],
    ['indentation', Array.from({ length: 900 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['brackets', '[\n'.repeat(100_000)],
    ['braces', '{a: '.repeat(100_000)],
  ])('refuses deep nesting by %s at once', async (_, text) => {
    const started = cpuMs()
    expect(await messagesOf(text)).toEqual(['devflow.yml: nested too deeply.'])
    expect(cpuMs() - started).toBeLessThan(1000)
  })

  it('refuses a file of more than 1 MiB', async () => {
    expect(await messagesOf(`# ${'é'.repeat(600_000)}`)).toEqual(['devflow.yml: larger than 1 MiB.'])
  })

  it('reads ten thousand keys without comparing each with every other', async () => {
    const text = `database:\n  environments:\n${Array.from({ length: 10_000 }, (_, i) => `    e${i}: {}`).join('\n')}`
    const started = cpuMs()
    expect((await parse(text)).problems).toEqual([])
    expect(cpuMs() - started).toBeLessThan(5000)
  })

  it('lists fifty mistakes and counts the rest', async () => {
    const messages = await messagesOf(Array.from({ length: 80 }, (_, i) => `x${i}: 1`).join('\n'))
    expect(messages).toHaveLength(51)
    expect(messages[50]).toBe('devflow.yml: 30 more mistakes.')
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'takes %s for an unknown key like others',
    async (key) => {
      expect(await messagesOf(`${key}: { a: 1 }`)).toEqual([`devflow.yml:1:1: unknown key "${key}".`])
    },
  )

  it.each(['a b', 'Ünïcödé"\'', 'x'.repeat(63), 'public'])('takes the identifier %p', async (name) => {
    const text = `database: { migrations: { tracking_table: ${JSON.stringify(name)}, tracking_schema: ${JSON.stringify(name)} } }`
    expect(await messagesOf(text)).toEqual([])
  })

  it.each(['', 'x'.repeat(64), 'é'.repeat(32), 'a\0b'])('refuses the identifier %p', async (name) => {
    const messages = await messagesOf(`database: { migrations: { tracking_table: ${JSON.stringify(name)} } }`)
    expect(messages).toEqual([expect.stringContaining('it must be a PostgreSQL name of 1 to 63 bytes')])
  })

  it('refuses to keep the history where it would be lost or in its own way', async () => {
    for (const schema of ['pg_temp', 'pg_catalog', 'information_schema']) {
      expect(await messagesOf(`database: { migrations: { tracking_schema: ${schema} } }`)).toEqual([
        expect.stringContaining('it must be a schema of your own'),
      ])
    }
    expect(await messagesOf('database: { migrations: { tracking_table: migration_history } }')).toEqual([
      expect.stringContaining('it must be another name'),
    ])
  })

  it('refuses a URL where the name of its variable belongs, without showing it', async () => {
    const text = 'database: { environments: { staging: { url_env: "postgres://app:geheim@db/shop" } } }'
    const [problem] = (await parse(text)).problems
    expect(problem?.message).toContain('it must be the name of an environment variable')
    expect(JSON.stringify(problem)).not.toContain('geheim')
  })

  it('does not show what stands under secrets', async () => {
    const text = 'secrets:\n  provider: geheim\n  token: geheim\n  vault: [geheim]\n  mappings: geheim\n'
    expect(JSON.stringify((await parse(text)).problems)).not.toContain('"geheim\\"')
    expect(JSON.stringify((await parse(text)).problems)).not.toContain('geheim')
  })

  it('keeps foreign names on their line', async () => {
    const text = '"a\\n::error::b": 1\ndatabase: { environments: { "x\\n::error::y": { z: 1 } } }'
    for (const message of await messagesOf(text)) expect(message).not.toContain('\n')
  })

  it('names the place of a value', async () => {
    const file = await parse(AOSENTRY)
    expect(file.placeOf(['database', 'migrations', 'format'])).toBe('devflow.yml:9:13')
    expect(file.placeOf(['database', 'nothing'])).toBe('devflow.yml:7:3')
  })
})

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { loadDisk } from '../../src/config/load-disk.js'
import { makeConfig } from '../../src/config/make-config.js'
import type { Config } from '../../src/model/config.js'
import type { Inputs } from '../../src/model/inputs.js'
import type { Judging } from '../../src/model/judging.js'
import { UserError } from '../../src/model/user-error.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'devflow-judging-'))
  await mkdir(join(folder, 'migrations'))
})

afterEach(() => rm(folder, { recursive: true }))

const configure = (yaml: string) => writeFile(join(folder, 'devflow.yml'), yaml)

type Given = Inputs['given']

/** `validate` on a command line, without an environment, unless overridden. */
function make(
  given: Given = {},
  variables: Record<string, string> = {},
  more: Partial<Inputs> = {},
): Promise<Config> {
  const inputs: Inputs = {
    entry: 'cli',
    given: { command: 'validate', ...given },
    variables: { DATABASE_URL: 'postgresql://app:x@db.example.com/shop', ...variables },
    folder,
    ci: true,
    verbose: false,
    ...more,
  }
  return makeConfig(inputs, loadDisk('0.1.0', inputs.boundary))
}

const judgingOf = async (...given: Parameters<typeof make>): Promise<Judging> =>
  (await make(...given)).judging

async function problemsOf(...given: Parameters<typeof make>) {
  try {
    await make(...given)
  } catch (error) {
    if (error instanceof UserError) return error.problems.map(({ message, help }) => `${message} ${help}`)
    throw error
  }
  return []
}

describe('the class that files are judged for', () => {
  it('is production where none is named, which a note says', async () => {
    const { judging, notes } = await make()
    expect(judging.class).toBe('production')
    expect(notes).toEqual([
      'No environment is named, so the files are judged for class production, where they will run in the end.',
    ])
  })

  it.each([
    ['the input', { environment: 'staging' }, {}, 'staging'],
    ['ENVIRONMENT', {}, { ENVIRONMENT: 'dev' }, 'development'],
    ['NODE_ENV', {}, { NODE_ENV: 'test' }, 'development'],
  ] as const)('is that of the environment that %s names', async (_by, given, variables, expected) => {
    const { judging, notes } = await make(given, variables)
    expect(judging.class).toBe(expected)
    expect(notes).toEqual([])
  })

  it('is production where a variable names none of the file’s environments', async () => {
    await configure('database: { environments: { staging: } }')
    expect((await judgingOf({}, { NODE_ENV: 'test' })).class).toBe('production')
  })

  it('is that of the environment that is connected to, without a note', async () => {
    const { judging, notes } = await make({ command: 'plan' })
    expect(judging.class).toBe('development')
    expect(notes).toEqual([])
  })
})

const RULES = `
database:
  rules:
    drop-table: warn
    rename-column: { level: notice, staging: block }
    char-column: { production: warn, exclude: ['00*.sql'] }
  environments:
    staging:
      rules: { drop-table: 'off' }
      force: [drop-column]
    production:
`

describe('levels', () => {
  it('are those of the environment, then of its class, then of all', async () => {
    await configure(RULES)
    expect((await judgingOf({ environment: 'staging' })).levels).toEqual(
      new Map([
        ['drop-table', 'off'],
        ['rename-column', 'block'],
      ]),
    )
    expect((await judgingOf({ environment: 'production' })).levels).toEqual(
      new Map([
        ['drop-table', 'warn'],
        ['rename-column', 'notice'],
        ['char-column', 'warn'],
      ]),
    )
  })

  it('of no environment count where none is named', async () => {
    await configure(RULES)
    const { levels, forced } = await judgingOf()
    expect(levels.get('drop-table')).toBe('warn')
    expect(forced).toEqual(new Set())
  })

  it('come with files that rules are not asked about, and rules that are forced', async () => {
    await configure(RULES)
    const { excludes, forced } = await judgingOf({ environment: 'staging' })
    expect(excludes).toEqual(new Map([['char-column', ['00*.sql']]]))
    expect(forced).toEqual(new Set(['drop-column']))
  })

  it.each([
    ['drop-tabel: warn', 'unknown key "drop-tabel" in database.rules. Did you mean drop-table?'],
    ['drop-table: wran', 'is "wran"; it must be off, notice, warn, block, force or never, or a map'],
    ['drop-table: { levl: warn }', 'unknown key "levl" in database.rules.drop-table. Did you mean level?'],
    ['drop-table: { staging: wran }', 'rules.drop-table.staging is "wran"; it must be off, notice,'],
    ['drop-table: { exclude: x }', 'rules.drop-table.exclude is "x"; it must be a list of glob patterns.'],
  ])('are refused where they are %s', async (rule, expected) => {
    await configure(`database:\n  rules:\n    ${rule}\n`)
    expect((await problemsOf()).join('\n')).toContain(expected)
  })
})

describe('a rule that nothing lowers', () => {
  it.each([
    'rules: { alter-system: warn }',
    'rules: { alter-system: { level: force } }',
    'rules: { alter-system: { level: never, production: block } }',
    'rules: { alter-system: { exclude: [x] } }',
    'environments: { live: { rules: { alter-system: block } } }',
    'environments: { live: { force: [alter-system] } }',
    'environments: { dev: { class: production, rules: { alter-system: off } } }',
  ])('is not lowered by %s', async (setting) => {
    await configure(`database:\n  ${setting}\n`)
    const [problem = ''] = await problemsOf()
    expect(problem).toMatch(/^devflow\.yml:2:\d+: alter-system .* stop a run (on production|there)\./)
  })

  it.each([
    'rules: { alter-system: never }',
    'rules: { alter-system: { development: off, staging: warn } }',
    'rules: { alter-system: { level: warn, production: never } }',
    'environments: { staging: { rules: { alter-system: warn } } }',
    'environments: { staging: { force: [alter-system] } }',
  ])('may have %s', async (setting) => {
    await configure(`database:\n  ${setting}\n`)
    expect(await problemsOf()).toEqual([])
  })
})

describe('force', () => {
  it.each([
    [{}, {}, false],
    [{ force: 'true' }, {}, true],
    [{}, { FORCE_RUN: 'true' }, true],
    [{ force: 'false' }, { FORCE_RUN: 'true' }, false],
    [{ force: 'true' }, { FORCE_RUN: '0' }, false],
  ] as const)('with %j and %j is %s', async (given, variables, expected) => {
    const { judging } = await make({ environment: 'test', ...given }, variables)
    expect(judging.force).toBe(expected)
  })

  it('is refused where it is neither yes nor no', async () => {
    expect(await problemsOf({ force: 'drop-table' }, { FORCE_RUN: 'ture' })).toHaveLength(2)
  })

  it('says that a no won over a yes', async () => {
    const { notes } = await make({ environment: 'test', force: 'true' }, { FORCE_RUN: 'false' })
    expect(notes).toEqual([
      'force: the variable FORCE_RUN says false, the flag --force says true; the safer one holds: false.',
    ])
  })
})

describe('what is known of the database', () => {
  it('is what the file says', async () => {
    await configure(
      "database: { postgres-version: '18', api-schemas: [api], big-tables: [orders, billing.invoices] }",
    )
    expect(await judgingOf()).toMatchObject({
      postgres: 18,
      apiSchemas: ['api'],
      bigTables: ['orders', 'billing.invoices'],
    })
  })

  it('is the oldest server, and no API, where nothing is said', async () => {
    expect(await judgingOf()).toMatchObject({ postgres: 15, apiSchemas: [], bigTables: [] })
  })

  it.each([
    ['its folder', undefined],
    ['format: supabase', 'database: { migrations: { format: supabase, directory: migrations } }'],
  ])('includes the schema that an API serves in a project that is Supabase’s by %s', async (_by, yaml) => {
    if (yaml === undefined) {
      await rm(join(folder, 'migrations'), { recursive: true })
      await mkdir(join(folder, 'supabase/migrations'), { recursive: true })
    } else await configure(yaml)
    expect((await judgingOf()).apiSchemas).toEqual(['public'])
  })

  it.each([
    ['postgres-version: 14', 'it must be 15, 16, 17 or 18'],
    ["api-schemas: 'public'", 'it must be a list: the name of a schema'],
    ["big-tables: ['a b']", 'it must be the name of a table, such as orders or billing.invoices'],
  ])('is refused where it is %s', async (setting, expected) => {
    await configure(`database: { ${setting} }`)
    expect((await problemsOf()).join()).toContain(expected)
  })
})

const SHA = '0123456789abcdef0123456789abcdef01234567'

describe('since', () => {
  const eventFile = async (payload: unknown) => {
    const path = join(folder, 'event.json')
    await writeFile(path, typeof payload === 'string' ? payload : JSON.stringify(payload))
    return path
  }

  it('is what is asked for', async () => {
    expect((await judgingOf({ since: 'origin/main~2' })).since).toEqual({
      ref: 'origin/main~2',
      asked: true,
    })
  })

  it('is nothing outside of pull requests', async () => {
    expect(
      (await judgingOf({}, { GITHUB_EVENT_NAME: 'push', GITHUB_BASE_REF: 'main' })).since,
    ).toBeUndefined()
  })

  it.each([
    ['pull_request', { pull_request: { base: { sha: SHA } } }],
    ['pull_request_target', { pull_request: { base: { sha: SHA } } }],
    ['merge_group', { merge_group: { base_sha: SHA } }],
  ])(
    'is the commit of the base in the job of a %s, although its file is outside the workspace',
    async (name, payload) => {
      const path = await eventFile(payload)
      await mkdir(join(folder, 'w/migrations'), { recursive: true })
      const workspace = join(folder, 'w')
      const { since } = await judgingOf(
        {},
        { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, GITHUB_BASE_REF: 'main' },
        { entry: 'action', boundary: workspace, folder: workspace },
      )
      expect(since).toEqual({ ref: SHA, asked: false })
    },
  )

  it.each(['no JSON', 'null', { pull_request: { base: { sha: '--upload-pack=x' } } }])(
    'is the branch of the base where the event says %j',
    async (payload) => {
      const variables = {
        GITHUB_EVENT_NAME: 'pull_request',
        GITHUB_EVENT_PATH: await eventFile(payload),
        GITHUB_BASE_REF: 'release/1',
      }
      expect((await judgingOf({}, variables)).since).toEqual({ ref: 'origin/release/1', asked: false })
      expect((await judgingOf({}, { ...variables, GITHUB_BASE_REF: 'a..b' })).since).toBeUndefined()
    },
  )

  it('is not looked for by what connects', async () => {
    const variables = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_BASE_REF: 'main' }
    expect((await judgingOf({ command: 'plan' }, variables)).since).toBeUndefined()
  })

  it.each(['--upload-pack=touch x', '-h', 'main..other', 'HEAD:file', 'a b', ':/text'])(
    'is refused where it is %s',
    async (since) => {
      expect((await problemsOf({ since })).join()).toContain('names no commit or branch')
    },
  )
})

describe('the other settings of validate', () => {
  it('are gaps, changed, all and --fix', async () => {
    await configure('database: { migrations: { gaps: warn, changed: off } }')
    expect(await make({ all: 'true' }, {}, { fix: true })).toMatchObject({
      gaps: 'warn',
      changed: 'off',
      fix: true,
      judging: { all: true },
    })
  })

  it('do nothing for other commands, which a note says', async () => {
    const { fix, notes } = await make({ command: 'status', since: 'main' }, {}, { fix: true })
    expect(fix).toBe(false)
    expect(notes).toEqual([
      'the flag --fix changes nothing for status.',
      'the flag --since changes nothing for status.',
    ])
  })
})

import { createHash } from 'node:crypto'
import { chown, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { type Base, loadBase } from '../../src/migrations/load-base.js'
import { loadMigrations } from '../../src/migrations/load-migrations.js'
import type { Strictness } from '../../src/model/config.js'
import type { Judging } from '../../src/model/judging.js'
import { UserError } from '../../src/model/user-error.js'
import { aProject, type Project } from '../support/a-project.js'
import { asRoot } from '../support/as-root.js'
import { cpuMs } from '../support/cpu-ms.js'
import { aRepository, type Repository } from './a-repository.js'

const JUDGING: Judging = {
  class: 'production',
  levels: new Map(),
  excludes: new Map(),
  force: false,
  forced: new Set(),
  postgres: 15,
  apiSchemas: [],
  apiConfigured: false,
  bigTables: [],
  all: false,
}

interface Options {
  readonly since?: string
  readonly asked?: boolean
  readonly changed?: Strictness
  readonly allowOutOfOrder?: boolean
  readonly directory?: string
  readonly exclude?: readonly string[]
}

async function load({ path }: Pick<Project, 'path'>, options: Options = {}): Promise<Base> {
  const { since = 'main', asked = true, changed = 'error', allowOutOfOrder = false, exclude = [] } = options
  const directory = join(path, options.directory ?? 'migrations')
  const folder = { directory, boundary: path, base: path, exclude }
  const { files } = await loadMigrations(folder)
  const config = {
    ...folder,
    changed,
    allowOutOfOrder,
    judging: { ...JUDGING, since: { ref: since, asked } },
  }
  return loadBase(config, files)
}

const told = ({ findings }: Base) =>
  findings.map(({ rule, severity, file, message }) => `${severity} ${rule} ${file}: ${message}`)
const addedIn = ({ added }: Base) => added?.map(({ name }) => name)

async function problemsOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((thrown) => thrown)
  if (!(error instanceof UserError)) throw new Error('it found no problem')
  return error.problems.map(({ message, help }) => `${message} ${help}`).join('\n')
}

/** Two migrations on `main`, and a branch of it. */
async function aBranch(): Promise<Repository> {
  const repository = await aRepository({
    'migrations/01_users.sql': 'create table users (\n  id bigint\n);\n',
    'migrations/02_orders.sql': 'create table orders (id bigint);\n',
    'README.md': 'x',
  })
  repository.git('switch', '--quiet', '-c', 'feature')
  return repository
}

describe('what a branch brings', () => {
  it('is its new files, committed or not, and nothing else is said', async () => {
    await using repository = await aBranch()
    await repository.write('migrations/03_a.sql', 'select 1;')
    repository.commit()
    await repository.write('migrations/04_b.sql', 'select 1;')
    await repository.write('README.md', 'y')
    const base = await load(repository)
    expect(addedIn(base)).toEqual(['03_a.sql', '04_b.sql'])
    expect(told(base)).toEqual([])
  })

  it('is nothing where nothing is new', async () => {
    await using repository = await aBranch()
    expect(await load(repository)).toEqual({ added: [], findings: [], notes: [] })
  })

  it('is all of a folder that the base does not have', async () => {
    await using repository = await aBranch()
    repository.git('mv', 'migrations', 'db')
    expect(addedIn(await load(repository, { directory: 'db' }))).toEqual(['01_users.sql', '02_orders.sql'])
  })

  it('is told in a repository whose root is the folder', async () => {
    await using repository = await aRepository({ '01_a.sql': 'select 1;' })
    await repository.write('02_b.sql', 'select 1;')
    expect(addedIn(await load(repository, { directory: '.' }))).toEqual(['02_b.sql'])
  })

  it('is told where folders are migrations, and of names with anything in them', async () => {
    await using repository = await aRepository({
      'a b/mi$(x)/01_a/migration.sql': 'select 1;',
      'a b/mi$(x)/02_"é\n;/migration.sql': 'select 1;',
      'a b/mi$(x)/seed.sql': '',
    })
    const directory = 'a b/mi$(x)'
    await repository.write(`${directory}/03_c/up.sql`, 'select 1;')
    expect(addedIn(await load(repository, { directory }))).toEqual(['03_c/up.sql'])
  })

  it('is told where the base went on', async () => {
    await using repository = await aBranch()
    repository.git('switch', '--quiet', 'main')
    await repository.write('migrations/03_main.sql', 'select 1;')
    repository.commit()
    repository.git('switch', '--quiet', 'feature')
    await repository.write('migrations/04_b.sql', 'select 1;')
    const base = await load(repository)
    expect(addedIn(base)).toEqual(['04_b.sql'])
    expect(told(base)).toEqual([])
  })

  it('is told against a commit, a tag and an expression', async () => {
    await using repository = await aBranch()
    repository.git('tag', 'v1')
    await repository.write('migrations/03_a.sql', 'select 1;')
    const first = repository.git('rev-parse', 'HEAD')
    repository.commit()
    for (const since of [first, 'v1', 'HEAD~1', 'refs/heads/main'])
      expect(addedIn(await load(repository, { since }))).toEqual(['03_a.sql'])
  })
})

describe('a file that the base has', () => {
  it('must not be edited, which is shown at the first line that differs', async () => {
    await using repository = await aBranch()
    await repository.write('migrations/01_users.sql', 'create table users (\n  id uuid\n);\n')
    const [finding] = (await load(repository)).findings
    const base = repository.git('rev-parse', 'main').slice(0, 12)
    expect(finding).toEqual({
      rule: 'changed-since-base',
      severity: 'error',
      file: 'migrations/01_users.sql',
      position: { line: 2, column: 1, endLine: 2, endColumn: 9 },
      excerpt: '  id uuid\n^',
      message: '01_users.sql is on the base main, and was edited.',
      help: `Put it back, and write the change into a new migration: git checkout ${base} -- :/migrations/01_users.sql. Where it is applied already, every later run stops for its checksum.`,
    })
  })

  it('must not be renamed, with its version or to another', async () => {
    await using repository = await aBranch()
    await repository.rename('migrations/01_users.sql', 'migrations/01_people.sql')
    await repository.rename('migrations/02_orders.sql', 'migrations/03_orders.sql')
    const base = await load(repository)
    expect(told(base)).toEqual([
      'error changed-since-base migrations/01_people.sql: 01_users.sql is on the base main, and was renamed to 01_people.sql.',
      'error changed-since-base migrations/03_orders.sql: 02_orders.sql is on the base main, and was renamed to 03_orders.sql.',
    ])
    expect(base.findings.map(({ help }) => help)).toEqual([
      'Give it its old name. Where it is applied already, every later run stops for its name.',
      'Give it its old name. Where it is applied already, it would be applied again under its new version.',
    ])
    expect(addedIn(base)).toEqual([])
  })

  it('must not be deleted', async () => {
    await using repository = await aBranch()
    await repository.remove('migrations/02_orders.sql')
    expect(told(await load(repository))).toEqual([
      'error changed-since-base migrations/02_orders.sql: 02_orders.sql is on the base main, and was deleted.',
    ])
  })

  it('may be anything where the configuration says so', async () => {
    await using repository = await aBranch()
    await repository.write('migrations/01_users.sql', 'select 1;')
    await repository.remove('migrations/02_orders.sql')
    const warned = await load(repository, { changed: 'warn' })
    expect(warned.findings.map(({ severity }) => severity)).toEqual(['warning', 'warning'])
    expect((await load(repository, { changed: 'off' })).findings).toEqual([])
  })

  it('is not looked at where it is excluded, nor when it is no migration', async () => {
    await using repository = await aRepository({
      'migrations/old/01_a/up.sql': 'select 1;',
      'migrations/02_b.sql': 'select 1;',
      'migrations/02_b.down.sql': 'select 1;',
      'migrations/notes.md': 'x',
    })
    for (const path of ['old', '02_b.down.sql', 'notes.md']) await repository.remove(`migrations/${path}`)
    expect((await load(repository, { exclude: ['old'] })).findings).toEqual([])
  })

  it('is not missed where it is there and was refused', async () => {
    await using repository = await aBranch()
    await repository.write('migrations/02_orders.sql', Buffer.from([0xff, 0xfe, 0x20]))
    expect(told(await load(repository))).toEqual([])
  })

  it('is the same with other line ends, with a byte-order mark, and where git converts line ends', async () => {
    await using repository = await aBranch()
    await repository.write('migrations/01_users.sql', '\ufeffcreate table users (\r\n  id bigint\r\n);\r\n')
    await repository.write('migrations/02_orders.sql', 'create table orders (id bigint);\r\n')
    expect(told(await load(repository))).toEqual([])
    repository.commit()
    await repository.write('migrations/01_users.sql', 'create table users (\n  id bigint\n);\n')
    expect(told(await load(repository, { since: 'feature' }))).toEqual([])
  })

  it('is the same where Git LFS keeps its content', async () => {
    const digest = createHash('sha256').update('select 1;').digest('hex')
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${digest}\nsize 9\n`
    await using repository = await aRepository({
      'migrations/01_a.sql': pointer,
      'migrations/02_b.sql': pointer,
    })
    await repository.write('migrations/01_a.sql', 'select 1;')
    await repository.write('migrations/02_b.sql', 'select 2;')
    expect(told(await load(repository))).toEqual([
      'error changed-since-base migrations/02_b.sql: 02_b.sql is on the base main, and was edited.',
    ])
  })

  it('is compared as git has it, and no filter or helper of the repository runs', async () => {
    await using repository = await aBranch()
    const trap = `touch ${join(repository.path, 'ran')}; cat`
    await repository.write('.gitattributes', '*.sql filter=trap diff=trap')
    for (const key of ['filter.trap.clean', 'filter.trap.smudge', 'diff.trap.textconv', 'core.fsmonitor'])
      repository.git('config', key, trap)
    await repository.write('migrations/01_users.sql', 'select 1;')
    expect(told(await load(repository))).toHaveLength(1)
    expect(await repository.list('.')).not.toContain('ran')
  })
})

describe('a new file', () => {
  it('comes after all that the base has', async () => {
    await using repository = await aBranch()
    await repository.write('migrations/01.5_a.sql', 'select 1;')
    await repository.write('migrations/0_b.sql', 'select 1;')
    await repository.write('migrations/03_c.sql', 'select 1;')
    const base = await load(repository, { exclude: ['01.5_a.sql'] })
    expect(base.findings).toEqual([
      {
        rule: 'out-of-order-with-base',
        severity: 'error',
        file: 'migrations/0_b.sql',
        message: '0_b.sql is new and sorts before 02_orders.sql, which the base main has.',
        help: 'Give it a version after 02. Where that is applied already, this one would be out of order; allow_out_of_order allows it.',
      },
    ])
    expect(addedIn(base)).toEqual(['0_b.sql', '03_c.sql'])
    expect((await load(repository, { allowOutOfOrder: true, exclude: ['01.5_a.sql'] })).findings).toEqual([])
  })

  it('comes after what the base got since, and has no version of it', async () => {
    await using repository = await aBranch()
    repository.git('switch', '--quiet', 'main')
    await repository.write('migrations/4_main.sql', 'select 1;')
    repository.commit()
    repository.git('switch', '--quiet', 'feature')
    for (const name of ['03_a', '04_b', '05_c']) await repository.write(`migrations/${name}.sql`, 'select 1;')
    expect(told(await load(repository))).toEqual([
      'error out-of-order-with-base migrations/03_a.sql: 03_a.sql is new and sorts before 4_main.sql, which the base main has.',
      'error duplicate-version migrations/04_b.sql: 04_b.sql has the same version as 4_main.sql, which the base main has by now: only one of them would ever be applied.',
    ])
  })
})

describe('a base that is not to be had', () => {
  it('is told only where it was asked for, if there is no checkout', async () => {
    await using project = await aProject({ 'migrations/01_a.sql': 'select 1;' })
    expect(await load(project)).toEqual({
      findings: [],
      notes: ['There is no git checkout here, or no git, so the files are not compared with main.'],
    })
    expect(await load(project, { asked: false })).toEqual({ findings: [], notes: [] })
  })

  it.each(['nowhere', '0123456789abcdef0123456789abcdef01234567', 'HEAD^{tree}'])(
    'is a mistake where it was asked for: %s',
    async (since) => {
      await using repository = await aBranch()
      expect(await problemsOf(load(repository, { since }))).toBe(
        `The base ${since} is not in this checkout. Fetch it, or name another commit or branch: origin/main.`,
      )
    },
  )

  it('is a warning in a pull request, with what to do about a shallow checkout', async () => {
    await using origin = await aBranch()
    const main = origin.git('rev-parse', 'main')
    await origin.write('migrations/03_a.sql', 'select 1;')
    origin.commit()
    await using clone = await aProject()
    origin.git('clone', '--quiet', '--depth=1', `file://${origin.path}`, join(clone.path, 'c'))
    const path = join(clone.path, 'c')
    const { added, findings } = await load({ path }, { since: main, asked: false })
    expect(added).toBeUndefined()
    expect(findings).toEqual([
      {
        rule: 'base-unknown',
        severity: 'warning',
        message: `The base ${main} is not in this checkout, which is shallow: it holds only a part of the history. So nothing tells what this pull request changes, and every file is judged.`,
        help: 'Check out the whole history: fetch-depth: 0 of actions/checkout, or git fetch --unshallow.',
      },
    ])
  })

  it('is told to be cut off where both are there and what they come from is not', async () => {
    await using origin = await aBranch()
    for (const branch of ['main', 'feature']) {
      origin.git('switch', '--quiet', branch)
      await origin.write(`migrations/03_${branch}.sql`, 'select 1;')
      origin.commit()
    }
    await using clone = await aProject()
    const words = ['--quiet', '--depth=1', '--no-single-branch', `file://${origin.path}`]
    origin.git('clone', ...words, join(clone.path, 'c'))
    const found = problemsOf(load({ path: join(clone.path, 'c') }, { since: 'origin/main' }))
    expect(await found).toMatch(
      /^Where this checkout left the base origin\/main \([0-9a-f]{40}\) is not known: the checkout is shallow/,
    )
  })

  it('is told where the clone holds no lists of files, and an edit where it holds no contents', async () => {
    await using origin = await aBranch()
    origin.git('config', 'uploadpack.allowFilter', 'true')
    await using clone = await aProject()
    const cloned = async (filter: string) => {
      const path = join(clone.path, filter.replace(':', '-'))
      origin.git('clone', '--quiet', '--no-checkout', `--filter=${filter}`, `file://${origin.path}`, path)
      await clone.write(`${filter.replace(':', '-')}/migrations/01_users.sql`, 'select 1;')
      await clone.write(
        `${filter.replace(':', '-')}/migrations/02_orders.sql`,
        'create table orders (id bigint);\n',
      )
      return { path }
    }
    const trees = await cloned('tree:0')
    expect(await problemsOf(load(trees, { since: 'origin/main' }))).toBe(
      'git can not list the files of the base: this clone does not hold them. Clone without a filter such as tree:0.',
    )
    expect((await load(trees, { since: 'origin/main', asked: false })).findings).toMatchObject([
      { rule: 'base-unknown', severity: 'warning' },
    ])
    expect(told(await load(await cloned('blob:none'), { since: 'origin/main' }))).toEqual([
      'error changed-since-base migrations/01_users.sql: 01_users.sql is on the base origin/main, and was edited.',
    ])
  })

  it('is told to have nothing in common', async () => {
    await using repository = await aBranch()
    repository.git('switch', '--quiet', '--orphan', 'other')
    await repository.write('migrations/01_a.sql', 'select 1;')
    repository.commit()
    expect(await problemsOf(load(repository))).toContain('have no commit in common')
  })

  asRoot('is told not to be trusted where the repository is another user’s', async () => {
    await using repository = await aBranch()
    await chown(repository.path, 12_345, 12_345)
    expect(await problemsOf(load(repository))).toBe(
      `git does not trust the repository in ${repository.path}: it belongs to another user than this one, as happens in containers. Run git config --global --add safe.directory '${repository.path}' before this.`,
    )
    process.env.GIT_CONFIG_COUNT = '1'
    process.env.GIT_CONFIG_KEY_0 = 'safe.directory'
    process.env.GIT_CONFIG_VALUE_0 = repository.path
    try {
      expect(addedIn(await load(repository))).toEqual([])
    } finally {
      for (const name of ['COUNT', 'KEY_0', 'VALUE_0']) delete process.env[`GIT_CONFIG_${name}`]
    }
  })

  it('is told in git’s words where the repository is broken', async () => {
    await using repository = await aBranch()
    await repository.write('.git/config', '[core')
    expect(await problemsOf(load(repository))).toMatch(/^git can not read the repository: .+ Try git status/)
  })

  it('is not another repository that variables name, as in a hook', async () => {
    await using repository = await aBranch()
    await using other = await aRepository()
    process.env.GIT_DIR = join(other.path, '.git')
    try {
      expect(addedIn(await load(repository))).toEqual([])
    } finally {
      delete process.env.GIT_DIR
    }
  })

  it('is not looked for where the folder is a link out of the repository', async () => {
    await using repository = await aBranch()
    await using outside = await aProject({ '01_a.sql': 'select 1;' })
    await symlink(outside.path, join(repository.path, 'linked'))
    const { notes } = await load(repository, { directory: 'linked' })
    expect(notes).toHaveLength(1)
  })
})

it('compares thousands of files in a moment', async () => {
  const count = 3000
  const name = (index: number) => `migrations/${String(index).padStart(5, '0')}_x.sql`
  const files = Array.from({ length: count }, (_, index) => [name(index), `select ${index};\n`] as const)
  await using repository = await aRepository(Object.fromEntries(files))
  for (let index = 0; index < count; index += 2) await repository.write(name(index), `select -${index};\n`)
  const started = cpuMs()
  const { findings } = await load(repository)
  expect(findings).toHaveLength(count / 2)
  expect(cpuMs() - started).toBeLessThan(15_000)
}, 60_000)

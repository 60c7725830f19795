import { describe, expect, it } from '@jest/globals'
import type { InputName, Inputs } from '../../src/model/inputs.js'
import type { Report } from '../../src/model/report.js'
import { run } from '../../src/programs/run.js'
import { aRepository } from '../migrations/a-repository.js'
import { aProject, type Project } from '../support/a-project.js'

function runIn(
  { path }: Project,
  given: Partial<Record<InputName, string>> = {},
  more: Partial<Inputs> = {},
): Promise<Report> {
  const inputs: Inputs = {
    entry: 'cli',
    given: { command: 'validate', ...given },
    variables: {},
    folder: path,
    ci: true,
    verbose: false,
    ...more,
  }
  return run(inputs, { observe: () => {}, now: () => new Date() }, async () => {})
}

const rulesOf = ({ findings }: Report) => findings.map(({ rule, file }) => `${rule} ${file}`)

describe('validate in a checkout', () => {
  it('says what was done to files of the base, and which new ones come too late', async () => {
    await using repository = await aRepository({
      'migrations/01_a.sql': 'select 1;',
      'migrations/03_c.sql': 'select 1;',
    })
    await repository.write('migrations/01_a.sql', 'select 2;')
    await repository.write('migrations/02_b.sql', 'select 1;')
    const report = await runIn(repository, { since: 'main' })
    expect(report).toMatchObject({ status: 'invalid', exitCode: 1 })
    expect(rulesOf(report)).toEqual([
      'changed-since-base migrations/01_a.sql',
      'out-of-order-with-base migrations/02_b.sql',
    ])
  })

  it('says of no new file that it sorts before a name that the base does not have', async () => {
    await using repository = await aRepository({
      'migrations/01_a.sql': 'select 1;',
      'migrations/02_b.sql': 'select 2;',
    })
    await repository.remove('migrations/02_b.sql')
    await repository.write('migrations/04_b.sql', 'select 2;')
    await repository.write('migrations/03_c.sql', 'select 3;')
    expect(rulesOf(await runIn(repository, { since: 'main' }))).toEqual([
      'changed-since-base migrations/04_b.sql',
    ])
  })

  it('compares with nothing where nothing is said', async () => {
    await using repository = await aRepository({ 'migrations/01_a.sql': 'select 1;' })
    await repository.write('migrations/01_a.sql', 'select 2;')
    expect((await runIn(repository)).status).toBe('valid')
  })

  it('compares with the base of a pull request by itself, and warns where it is not there', async () => {
    await using repository = await aRepository({ 'migrations/01_a.sql': 'select 1;' })
    await repository.write('migrations/01_a.sql', 'select 2;')
    const job = (branch: string) => ({
      entry: 'action' as const,
      boundary: repository.path,
      variables: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_BASE_REF: branch },
    })
    const unknown = await runIn(repository, {}, job('main'))
    expect(unknown.status).toBe('valid')
    expect(rulesOf(unknown)).toEqual(['base-unknown undefined'])
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    expect(rulesOf(await runIn(repository, {}, job('main')))).toEqual([
      'changed-since-base migrations/01_a.sql',
    ])
  })

  it('is a wrong set-up where the base that is asked for is not there', async () => {
    await using repository = await aRepository({ 'migrations/01_a.sql': 'select 1;' })
    const report = await runIn(repository, { since: 'nowhere' })
    expect(report).toMatchObject({ status: 'failed', exitCode: 2 })
    expect(report.problems[0]?.message).toBe('The base nowhere is not in this checkout.')
  })

  it('shows no secret of an edited line', async () => {
    await using repository = await aRepository({ 'migrations/01_a.sql': 'select 1;' })
    await repository.write('migrations/01_a.sql', "create role app password 'kJ8#mQ2$vX9pL4nR';")
    const report = await runIn(repository, { since: 'main' })
    expect(rulesOf(report)).toContain('changed-since-base migrations/01_a.sql')
    expect(JSON.stringify(report)).not.toContain('kJ8#mQ2$vX9pL4nR')
  })
})

describe('validate --fix', () => {
  const users = 'create table users (id bigint primary key, age int);\n'
  const files = {
    'migrations/01_users.sql': users,
    'migrations/02_old.sql': 'create index old on users (age);\n',
  }
  const index = 'create index users_age on users (age);\n'
  const check = '-- no minors\nalter table users add constraint adult check (age >= 18);\nselect 1;\n'

  it('rewrites what is new, writes what has to run later, and judges again', async () => {
    await using repository = await aRepository(files)
    await repository.write('migrations/03_index.sql', index)
    await repository.write('migrations/04_check.sql', check)
    const report = await runIn(repository, { since: 'main', environment: 'production' }, { fix: true })
    expect(await repository.read('migrations/03_index.sql')).toBe(
      'create index concurrently users_age on users (age);\n',
    )
    expect(await repository.read('migrations/04_check.sql')).toContain(
      'check (age >= 18) not valid;\nselect 1;',
    )
    expect(await repository.read('migrations/05_after_04_check.sql')).toMatch(
      /^-- @depends-on: 04_check\.sql\n-- .+\nalter table users validate constraint adult;\n$/i,
    )
    expect(await repository.read('migrations/02_old.sql')).toBe(files['migrations/02_old.sql'])
    expect(report.fileCount).toBe(5)
    const left = rulesOf(report).filter((rule) => /create-index|add-check/.test(rule))
    expect(left).toEqual([])
    expect(report.notes).toEqual([
      expect.stringMatching(/^03_index\.sql was rewritten: /),
      expect.stringMatching(/^04_check\.sql was rewritten: /),
      '05_after_04_check.sql is new: it holds what has to run after 04_check.sql.',
    ])
  })

  it('changes nothing the second time', async () => {
    await using repository = await aRepository(files)
    await repository.write('migrations/04_check.sql', check)
    await runIn(repository, { since: 'main' }, { fix: true })
    const names = await repository.list('migrations')
    const text = await repository.read('migrations/04_check.sql')
    await runIn(repository, { since: 'main' }, { fix: true })
    expect(await repository.list('migrations')).toEqual(names)
    expect(await repository.read('migrations/04_check.sql')).toBe(text)
  })

  it('writes nothing for a file that may be applied', async () => {
    await using repository = await aRepository({ ...files, 'migrations/03_index.sql': index })
    const { notes } = await runIn(repository, {}, { fix: true })
    expect(await repository.read('migrations/03_index.sql')).toBe(index)
    expect(notes.join('\n')).not.toContain('was rewritten')
  })
})

describe('validate', () => {
  it('shows no secret where a file has more than are looked for', async () => {
    const roles = Array.from(
      { length: 1_100 },
      (_, at) => `create role r${at} createrole password 'zebra-${at}-x';`,
    )
    await using project = await aProject({ 'migrations/01_a.sql': `${roles.join('\n')}\n` })
    const report = await runIn(project)
    expect(rulesOf(report).filter((each) => each.startsWith('role-attributes'))).toHaveLength(1_100)
    expect(JSON.stringify(report)).not.toMatch(/bra-\d/)
  })

  it('says of no comment that it silences nothing where not all of the file could be read', async () => {
    const sql = '-- devflow-ignore drop-table: nobody has it\ndrop table a;\n'
    await using project = await aProject({ 'migrations/01_a.sql': `${sql}creat table b ();\n` })
    expect(rulesOf(await runIn(project))).toEqual(['syntax-error migrations/01_a.sql'])
  })

  it('tells gaps in the numbers where it is asked to', async () => {
    await using project = await aProject({
      'migrations/01_a.sql': 'select 1;',
      'migrations/04_b.sql': 'select 1;',
      'migrations/05_c.sql': 'select 1;',
    })
    expect(rulesOf(await runIn(project))).toEqual([])
    await project.write('devflow.yml', 'database: { migrations: { gaps: error } }')
    const report = await runIn(project)
    expect(report.status).toBe('invalid')
    expect(report.findings).toMatchObject([
      {
        rule: 'version-gap',
        severity: 'error',
        file: 'migrations/04_b.sql',
        message: 'Versions 2 to 3 are missing: 04_b.sql follows 01_a.sql.',
      },
    ])
  })
})

describe('graph', () => {
  const files = {
    'migrations/01_a.sql': 'select 1;',
    'migrations/02_b.sql': '-- @depends-on: 01_a\nselect 1;',
  }

  it('shows what is declared, needs no database, and is no judgement', async () => {
    await using project = await aProject(files)
    const report = await runIn(project, { command: 'graph', format: 'dot' })
    expect(report).toMatchObject({ status: 'valid', exitCode: 0, ready: false })
    expect(report.graph).toEqual({
      format: 'dot',
      names: ['01_a.sql', '02_b.sql'],
      edges: [{ needed: 0, by: 1 }],
    })
  })

  it('is shown beside what is wrong with it', async () => {
    await using project = await aProject({
      ...files,
      'migrations/01_a.sql': '-- @depends-on: 02_b\nselect 1;',
    })
    const report = await runIn(project, { command: 'graph' })
    expect(report).toMatchObject({ status: 'invalid', exitCode: 1 })
    expect(rulesOf(report)).toEqual(['circular-dependency migrations/01_a.sql'])
    expect(report.graph?.edges).toHaveLength(2)
  })

  it('refuses another format', async () => {
    await using project = await aProject(files)
    const report = await runIn(project, { command: 'graph', format: 'svg' })
    expect(report.problems[0]?.message).toBe('The flag --format is "svg"; it must be mermaid or dot.')
  })
})

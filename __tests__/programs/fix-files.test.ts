import { chmod, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { loadMigrations } from '../../src/migrations/load-migrations.js'
import type { Finding, Fix } from '../../src/model/finding.js'
import { fixFiles } from '../../src/programs/fix-files.js'
import type { Gathering } from '../../src/report/gathered.js'
import { aProject, type Project } from '../support/a-project.js'
import { aFinding } from '../support/builders.js'

const NOW = new Date('2026-03-05T10:20:30Z')

/** Replaces the first `from` of a text. */
function aFix(text: string, from: string, to: string, next?: string): Fix {
  const start = text.indexOf(from)
  return {
    title: `Write ${to.trim()}`,
    edits: [{ span: { start, end: start + from.length }, text: to }],
    ...(next === undefined ? {} : { next }),
  }
}

interface Asked {
  /** By file name. */
  readonly fixes: Readonly<Record<string, readonly Fix[]>>
  /** Names of the files that the base does not have. Absent: no base is known. */
  readonly added?: readonly string[]
  readonly all?: boolean
}

/** @returns the notes, and whether anything was written */
async function fix({ path }: Project, { fixes, added, all = false }: Asked) {
  const directory = join(path, 'migrations')
  const { files } = await loadMigrations({ directory, boundary: path, base: path, exclude: [] })
  const findings: Finding[] = Object.entries(fixes).flatMap(([name, each]) =>
    each.map((one) => aFinding({ file: `migrations/${name}`, fix: one })),
  )
  const gathered = { files, findings, notes: ['before'] } as unknown as Gathering
  if (added) gathered.added = files.filter(({ name }) => added.includes(name))
  const written = await fixFiles({ directory, judging: { all } as never }, gathered, NOW)
  return { written, notes: gathered.notes?.slice(1) }
}

const INDEX = 'create index i on t (a);\n'
const CONCURRENTLY = aFix(INDEX, 'index', 'index concurrently')

const CHECK = 'alter table t add constraint c check (a > 0);\n'
const NOT_VALID = aFix(CHECK, ';', ' not valid;', 'alter table t validate constraint c;')

describe('fixing', () => {
  it('rewrites new files, and keeps their rights, line ends and byte-order mark', async () => {
    await using project = await aProject()
    await project.write('migrations/01_a.sql', `\ufeff${INDEX.replace('\n', '\r\n')}`)
    await chmod(join(project.path, 'migrations/01_a.sql'), 0o640)
    const fixes = { '01_a.sql': [CONCURRENTLY] }
    expect(await fix(project, { fixes, added: ['01_a.sql'] })).toEqual({
      written: true,
      notes: ['01_a.sql was rewritten: write index concurrently.'],
    })
    expect(await project.read('migrations/01_a.sql')).toBe('\ufeffcreate index concurrently i on t (a);\r\n')
    expect((await stat(join(project.path, 'migrations/01_a.sql'))).mode & 0o777).toBe(0o640)
    expect(await project.list('migrations')).toEqual(['01_a.sql'])
  })

  it('writes what has to run later into a new file at the end', async () => {
    await using project = await aProject({
      'migrations/01_a b.sql': CHECK,
      'migrations/07_z.sql': 'select 1;',
    })
    const fixes = { '01_a b.sql': [NOT_VALID] }
    expect((await fix(project, { fixes, added: ['01_a b.sql'] })).notes).toEqual([
      '01_a b.sql was rewritten: write not valid;.',
      '08_after_01_a_b.sql is new: it holds what has to run after 01_a b.sql.',
    ])
    expect(await project.read('migrations/01_a b.sql')).toBe(
      'alter table t add constraint c check (a > 0) not valid;\n',
    )
    expect(await project.read('migrations/08_after_01_a_b.sql')).toBe(
      '-- Write not valid;\nalter table t validate constraint c;\n',
    )
  })

  it('puts together what only validates, and nothing else', async () => {
    const text = 'select 1;\nselect 2;\nselect 3;\nselect 4;\n'
    await using project = await aProject({ 'migrations/01_a.sql': text, 'migrations/02_b.sql': text })
    const fixes = [
      aFix(text, '4', '44', 'alter table t validate constraint d'),
      aFix(text, '1', '11', 'ALTER TABLE t VALIDATE CONSTRAINT c;'),
      aFix(text, '2', '22', 'alter table t validate constraint n; alter table t alter a set not null;'),
      aFix(text, '3', '33', 'create index concurrently i on t (a);'),
    ]
    await fix(project, { fixes: { '01_a.sql': fixes, '02_b.sql': fixes.slice(3) }, all: true })
    const files = await project.list('migrations')
    expect(files.toSorted()).toEqual([
      '01_a.sql',
      '02_b.sql',
      '03_after_01_a.sql',
      '04_after_01_a.sql',
      '05_after_01_a.sql',
      '06_after_02_b.sql',
    ])
    expect(await project.read('migrations/03_after_01_a.sql')).toBe(
      '-- @depends-on: 01_a.sql\n-- Write 11\n-- Write 44\nALTER TABLE t VALIDATE CONSTRAINT c;\nalter table t validate constraint d;\n',
    )
    expect(await project.read('migrations/06_after_02_b.sql')).toContain(
      'create index concurrently i on t (a);',
    )
  })

  it('leaves what touches what another fix changes, and says so', async () => {
    await using project = await aProject({ 'migrations/01_a.sql': INDEX })
    const fixes = { '01_a.sql': [CONCURRENTLY, aFix(INDEX, 'index i', 'index j')] }
    const { notes } = await fix(project, { fixes, all: true })
    expect(notes).toEqual([
      '01_a.sql was rewritten: write index concurrently.',
      '01_a.sql: write index j touches what another fix changes. Run it again.',
    ])
    expect(await project.read('migrations/01_a.sql')).toBe('create index concurrently i on t (a);\n')
  })

  it('says where there is nothing to do', async () => {
    await using project = await aProject({ 'migrations/01_a.sql': INDEX })
    expect(await fix(project, { fixes: {}, added: [] })).toEqual({
      written: false,
      notes: ['There is nothing that --fix could rewrite.'],
    })
  })
})

describe('what is not fixed', () => {
  it('is a file that the base has, unless everything is asked for', async () => {
    await using project = await aProject({ 'migrations/01_a.sql': INDEX })
    const fixes = { '01_a.sql': [CONCURRENTLY] }
    expect(await fix(project, { fixes, added: [] })).toEqual({
      written: false,
      notes: [
        '01_a.sql is left as it is: the base has it, so it may be applied already; --all fixes it all the same.',
      ],
    })
    expect(await project.read('migrations/01_a.sql')).toBe(INDEX)
    expect((await fix(project, { fixes, added: [], all: true })).written).toBe(true)
  })

  it('is what would run later than what rests on it', async () => {
    await using project = await aProject({
      'migrations/01_a.sql': CHECK,
      'migrations/02_b.sql': 'alter table t rename to u;',
      'migrations/03_c.sql': 'drop table x;',
    })
    const { written, notes } = await fix(project, { fixes: { '01_a.sql': [NOT_VALID] }, all: true })
    expect(notes).toEqual([
      '01_a.sql: write not valid; is left to you, because what has to run later would come after 02_b.sql, which names t.',
    ])
    expect(written).toBe(false)
    expect(await project.read('migrations/01_a.sql')).toBe(CHECK)
  })

  it.each([
    ['alter table t drop constraint c;', 'line 3'],
    ['alter table u add foreign key (a) references public.t (a);', 'line 3'],
    ['alter table t add column d int;', undefined],
    ['alter table t alter a drop default;', undefined],
    ['alter table t2 drop column b;', undefined],
  ])('is what a later statement of the file changes: %s', async (later, line) => {
    const text = `${CHECK}\n${later}\n`
    await using project = await aProject({ 'migrations/01_a.sql': text })
    const { written, notes } = await fix(project, { fixes: { '01_a.sql': [NOT_VALID] }, all: true })
    expect(written).toBe(line === undefined)
    if (line !== undefined) expect(notes?.join()).toContain(`would come after ${line}, which names t.`)
  })

  it('is any file where no base is known', async () => {
    await using project = await aProject({ 'migrations/01_a.sql': INDEX })
    const { written, notes } = await fix(project, { fixes: { '01_a.sql': [CONCURRENTLY] } })
    expect(written).toBe(false)
    expect(notes?.join()).toContain('Give --since, such as --since origin/main, or --all.')
  })

  it('is a file that would be no SQL, or whose new file would be none', async () => {
    await using project = await aProject({ 'migrations/01_a.sql': INDEX, 'migrations/02_b.sql': INDEX })
    const fixes = {
      '01_a.sql': [aFix(INDEX, 'index', 'indx')],
      '02_b.sql': [aFix(INDEX, 'index', 'unique index', 'validate it')],
    }
    expect((await fix(project, { fixes, all: true })).notes).toEqual([
      '01_a.sql is left as it is: with its fixes, 01_a.sql would not be sound.',
      '02_b.sql is left as it is: with its fixes, 03_after_02_b.sql would not be sound.',
    ])
    expect(await project.read('migrations/02_b.sql')).toBe(INDEX)
    expect(await project.list('migrations')).toHaveLength(2)
  })
})

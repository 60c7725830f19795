import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { loadMigrations } from '../../src/migrations/load-migrations.js'
import { UserError } from '../../src/model/user-error.js'
import { cpuMs } from '../support/cpu-ms.js'

const workspaces: string[] = []

/** A workspace with files below `migrations/`. */
async function aWorkspace(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<string> {
  const workspace = await mkdtemp(join(tmpdir(), 'migrations-'))
  workspaces.push(workspace)
  await mkdir(join(workspace, 'migrations'))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(workspace, 'migrations', name)), { recursive: true })
    await writeFile(join(workspace, 'migrations', name), content)
  }
  return workspace
}

afterEach(async () => {
  for (const workspace of workspaces.splice(0)) await rm(workspace, { recursive: true })
})

function load(workspace: string, directory = 'migrations', exclude: readonly string[] = []) {
  return loadMigrations({
    directory: join(workspace, directory),
    boundary: workspace,
    base: workspace,
    exclude,
  })
}

async function rulesOf(
  workspace: string,
  directory?: string,
  exclude?: readonly string[],
): Promise<string[]> {
  const { findings } = await load(workspace, directory, exclude)
  return findings.map(({ rule, file, severity }) => `${severity} ${rule} ${file ?? ''}`.trim())
}

describe('the migrations folder', () => {
  it('gives its files in the order they are applied in', async () => {
    const text =
      '\ufeff-- devflow:lock-timeout=1s\r\n-- Dependencies: 10_b\r\nselect 1;\r\n-- migrate:down\r\nselect 2;\r\n'
    const workspace = await aWorkspace({
      '9_a.sql': text,
      '10_b.sql': 'select 3',
      '10_b.down.sql': 'x',
      'README.md': 'x',
    })
    const { files, findings } = await load(workspace)
    expect(findings.map(({ severity, rule, message }) => `${severity} ${rule} ${message}`)).toEqual([
      'notice late-dependency 9_a.sql → 10_b.sql: it is applied after a file of a later version, because it needs it.',
    ])
    expect(files.map(({ name }) => name)).toEqual(['10_b.sql', '9_a.sql'])
    expect(files[1]).toMatchObject({
      version: '9',
      path: 'migrations/9_a.sql',
      style: 'number',
      text: text.slice(1),
      up: { start: 0, end: text.indexOf('-- migrate:down') - 1 },
      checksum: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      directives: { noTransaction: false, timeouts: { lockMs: 1000 } },
      dependsOn: ['10'],
    })
    expect(files[1]?.otherChecksums).toHaveLength(4)
  })

  it('takes one folder a migration', async () => {
    const workspace = await aWorkspace({
      '20240102000000_b/migration.sql': 'select 2',
      '20240101000000_a/up.sql': 'select 1',
      '20240101000000_a/down.sql': 'select 0',
      '20240103000000_c.sql/migration.sql': 'select 3',
      'migration_lock.toml': 'provider = "postgresql"',
    })
    const { files, findings } = await load(workspace)
    expect(findings).toEqual([])
    expect(files.map(({ name, version, style }) => [name, version, style])).toEqual([
      ['20240101000000_a/up.sql', '20240101000000_a', 'folder'],
      ['20240102000000_b/migration.sql', '20240102000000_b', 'folder'],
      ['20240103000000_c.sql/migration.sql', '20240103000000_c.sql', 'folder'],
    ])
  })

  it('may be the boundary itself, and may lie in the file system by way of a link', async () => {
    const workspace = await aWorkspace({ '1_a.sql': 'select 1' })
    const directory = join(workspace, 'migrations')
    expect(
      (await loadMigrations({ directory, boundary: directory, base: workspace, exclude: [] })).files,
    ).toHaveLength(1)
    await symlink(workspace, `${workspace}-link`)
    workspaces.push(`${workspace}-link`)
    const { files, findings } = await load(`${workspace}-link`)
    expect([files.length, findings]).toEqual([1, []])
  })

  it('is no error when empty, and says so', async () => {
    expect(await rulesOf(await aWorkspace({ 'readme.txt': '' }))).toEqual(['warning empty-folder'])
  })

  it.each(['missing', 'migrations/1_a.sql'])('is wrong set-up when it is %s', async (directory) => {
    const workspace = await aWorkspace({ '1_a.sql': 'select 1' })
    await expect(load(workspace, directory)).rejects.toThrow(UserError)
  })

  it('leaves out what is excluded, unread', async () => {
    const workspace = await aWorkspace({
      '1_a.sql': 'select 1',
      'seed.sql': 'select 1',
      'old/x.sql': 'select 1',
      'old/deep/2_b.sql': 'select 1',
      '2_c.sql': '\0',
    })
    await symlink('/etc/passwd', join(workspace, 'migrations/3_link.sql'))
    const { files, findings } = await load(workspace, 'migrations', [
      'seed.sql',
      'old/',
      '2_c.sql',
      '3_*.sql',
    ])
    expect(findings).toEqual([])
    expect(files.map(({ name }) => name)).toEqual(['1_a.sql'])
  })
})

describe('what is refused in the migrations folder', () => {
  it('is a link, wherever it leads', async () => {
    const workspace = await aWorkspace({ '1_a.sql': 'select 1', 'real/note.txt': '' })
    await symlink(join(workspace, 'migrations/1_a.sql'), join(workspace, 'migrations/2_b.sql'))
    await symlink('/etc/passwd', join(workspace, 'migrations/3_c.sql'))
    await symlink('/nowhere', join(workspace, 'migrations/4_d.sql'))
    await symlink('real', join(workspace, 'migrations/5_e'))
    await symlink('/nowhere', join(workspace, 'migrations/notes'))
    expect((await rulesOf(workspace)).sort()).toEqual([
      'error symlink migrations/2_b.sql',
      'error symlink migrations/3_c.sql',
      'error symlink migrations/4_d.sql',
      'error symlink migrations/5_e',
    ])
  })

  it('is a link in place of the folder, and a way out through a link above it', async () => {
    const [workspace, elsewhere] = [await aWorkspace(), await aWorkspace({ '1_a.sql': 'select 1' })]
    await symlink(join(workspace, 'migrations'), join(workspace, 'link'))
    await symlink(elsewhere, join(workspace, 'out'))
    expect(await rulesOf(workspace, 'link')).toEqual(['error symlink'])
    expect(await rulesOf(workspace, 'out/migrations')).toEqual(['error outside-boundary'])
    expect(await rulesOf(workspace, `../${elsewhere.split('/').at(-1)}/migrations`)).toEqual([
      'error outside-boundary',
    ])
  })

  it('is a neighbour whose name begins like the boundary', async () => {
    const workspace = await aWorkspace({ '1_a.sql': 'select 1' })
    await mkdir(`${workspace}-more`)
    workspaces.push(`${workspace}-more`)
    const directory = `${workspace}-more`
    const { findings } = await loadMigrations({
      directory,
      boundary: workspace,
      base: workspace,
      exclude: [],
    })
    expect(findings).toMatchObject([{ rule: 'outside-boundary' }])
  })

  it('is a FIFO or a socket, without waiting for it', async () => {
    const workspace = await aWorkspace()
    execFileSync('mkfifo', [join(workspace, 'migrations/1_a.sql')])
    const server = createServer().listen(join(workspace, 'migrations/2_b.sql'))
    await new Promise((resolve) => server.once('listening', resolve))
    expect((await rulesOf(workspace)).sort()).toEqual([
      'error not-a-regular-file migrations/1_a.sql',
      'error not-a-regular-file migrations/2_b.sql',
    ])
    await new Promise((resolve) => server.close(resolve))
  })

  it('is a file over 64 MiB, unread, with its size and the limit', async () => {
    const workspace = await aWorkspace({ '1_a.sql': 'select 1' })
    await truncate(join(workspace, 'migrations/1_a.sql'), 64 * 1024 * 1024 + 1)
    const { findings } = await load(workspace)
    expect(findings).toMatchObject([
      { rule: 'file-too-large', message: 'The file has 67,108,865 bytes; the limit is 67,108,864.' },
    ])
  })

  it('is what is not UTF-8, with line and byte', async () => {
    const workspace = await aWorkspace({
      '1_latin.sql': Buffer.from("-- a\nselect '\u00e9';", 'latin1'),
      '2_utf16.sql': Buffer.from('\ufeffselect 1', 'utf16le'),
      '3_cut.sql': Buffer.from('select é').subarray(0, 8),
      '4_overlong.sql': Uint8Array.of(0x2d, 0x2d, 0xc0, 0xaf),
      '5_surrogate.sql': Uint8Array.of(0xed, 0xa0, 0x80),
    })
    const { files, findings } = await load(workspace)
    expect(files).toEqual([])
    expect(
      findings.map(({ rule, file, message, position }) => [
        rule,
        file,
        message,
        position?.line,
        position?.column,
      ]),
    ).toEqual([
      ['invalid-utf-8', 'migrations/1_latin.sql', 'The file is not UTF-8: byte 14 is 0xe9.', 2, 9],
      ['invalid-utf-8', 'migrations/2_utf16.sql', 'The file is UTF-16.', 1, 1],
      ['invalid-utf-8', 'migrations/3_cut.sql', 'The file is not UTF-8: byte 8 is 0xc3.', 1, 8],
      ['invalid-utf-8', 'migrations/4_overlong.sql', 'The file is not UTF-8: byte 3 is 0xc0.', 1, 3],
      ['invalid-utf-8', 'migrations/5_surrogate.sql', 'The file is not UTF-8: byte 1 is 0xed.', 1, 1],
    ])
  })

  it('is a NUL', async () => {
    const { findings } = await load(await aWorkspace({ '1_a.sql': 'select 1;\nx\0y' }))
    expect(findings).toMatchObject([
      { rule: 'nul-byte', position: { line: 2, column: 2 }, excerpt: 'x\ufffdy\n ^' },
    ])
  })

  it('is a name without a place in the order', async () => {
    const workspace = await aWorkspace({
      '1_a.sql': 'select 1',
      'users.sql': 'select 1',
      '2_b.SQL': 'select 1',
      'sub/3_c.sql': 'select 1',
      'B1__base.sql': 'select 1',
    })
    expect(await rulesOf(workspace)).toEqual([
      'error bad-name migrations/2_b.SQL',
      'error unsupported-file migrations/B1__base.sql',
      'error bad-name migrations/sub/3_c.sql',
      'error bad-name migrations/users.sql',
    ])
  })

  it('is one version twice', async () => {
    const { findings } = await load(
      await aWorkspace({ '01_a.sql': 'select 1', '1_b.sql': 'select 1', '02_c.sql': 'select 1' }),
    )
    expect(findings).toMatchObject([
      { rule: 'duplicate-version', file: 'migrations/1_b.sql', message: expect.stringContaining('01_a.sql') },
    ])
  })

  it('is one folder with two files to apply', async () => {
    expect(
      await rulesOf(await aWorkspace({ '1_a/up.sql': 'select 1', '1_a/migration.sql': 'select 1' })),
    ).toEqual(['error duplicate-version migrations/1_a/up.sql'])
  })

  it('is two names that some disks take for one', async () => {
    const workspace = await aWorkspace({
      '2026-01-20_Users.sql': 'select 1',
      '2026-01-20_users.sql': 'select 1',
      '2026-01-21_\u00e9.sql': 'select 1',
      '2026-01-21_e\u0301.sql': 'select 1',
    })
    expect(await rulesOf(workspace)).toEqual([
      'error case-collision migrations/2026-01-20_users.sql',
      'error case-collision migrations/2026-01-21_\u00e9.sql',
    ])
  })

  it('is the fewer of two styles', async () => {
    const workspace = await aWorkspace({
      '01_a.sql': 'select 1',
      '02_b.sql': 'select 1',
      '20260120103000_c.sql': 'select 1',
      '2026-01-20_d.sql': 'select 1',
    })
    expect((await rulesOf(workspace)).sort()).toEqual([
      'error mixed-styles migrations/2026-01-20_d.sql',
      'error mixed-styles migrations/20260120103000_c.sql',
    ])
  })

  it('is what a comment asks for in vain, with its place', async () => {
    const workspace = await aWorkspace({
      '1_a.sql': '-- devflow:no-tx\nselect 1',
      '2_b.sql': 'select 1;\n-- devflow:no-transaction',
      '3_c.sql': '-- Dependencies: 0_gone\n-- @depends-on: 4\nselect 1',
      '4_d.sql': '-- @depends-on: 3_c.sql\nselect 1',
      '5_e.sql': '-- migrate:down\na;\n-- migrate:up\nb;',
    })
    const { findings } = await load(workspace)
    expect(
      findings.map(({ rule, file, position }) => [rule, file, position?.line, position?.column]),
    ).toEqual([
      ['unknown-directive', 'migrations/1_a.sql', 1, 4],
      ['bad-directive', 'migrations/2_b.sql', 2, 4],
      ['down-before-up', 'migrations/5_e.sql', 3, 1],
      ['missing-dependency', 'migrations/3_c.sql', 1, 4],
      ['circular-dependency', 'migrations/3_c.sql', 2, 4],
    ])
    expect(findings.every(({ severity, help, excerpt }) => severity === 'error' && help && excerpt)).toBe(
      true,
    )
  })

  it('is a file or folder without the right to read it', async () => {
    const workspace = await aWorkspace({ '1_a.sql': 'select 1', '2_b/up.sql': 'select 2' })
    await chmod(join(workspace, 'migrations/1_a.sql'), 0)
    await chmod(join(workspace, 'migrations/2_b'), 0)
    const found = (await rulesOf(workspace)).sort()
    await chmod(join(workspace, 'migrations/2_b'), 0o700)
    // Root reads everything.
    const files = ['error unreadable-file migrations/1_a.sql', 'error unreadable-file migrations/2_b']
    expect(found).toEqual(process.getuid?.() === 0 ? ['error mixed-styles migrations/2_b/up.sql'] : files)
  })

  it('is told all at once', async () => {
    const workspace = await aWorkspace({
      'a.sql': 'select 1',
      'b.sql': 'select 1',
      '1_c.sql': '\0',
      '01_d.sql': '-- devflow:x\n',
    })
    const rules = (await load(workspace)).findings.map(({ rule }) => rule)
    expect(rules.sort()).toEqual([
      'bad-name',
      'bad-name',
      'duplicate-version',
      'nul-byte',
      'unknown-directive',
    ])
  })
})

it('reads ten thousand files in a short time', async () => {
  const files = Array.from({ length: 10_000 }, (_, index) => [
    `${index}_x.sql`,
    `create table t${index} (id int);`,
  ])
  const workspace = await aWorkspace(Object.fromEntries(files))
  const started = cpuMs()
  const loaded = await load(workspace)
  expect(cpuMs() - started).toBeLessThan(10_000)
  expect(loaded.findings).toEqual([])
  expect(loaded.files.map(({ version }) => Number(version))).toEqual([...Array(10_000).keys()])
})

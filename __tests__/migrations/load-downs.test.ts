import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { loadDowns } from '../../src/migrations/load-downs.js'
import { loadMigrations } from '../../src/migrations/load-migrations.js'
import { positionOf } from '../../src/sql/position.js'
import { aProject } from '../support/a-project.js'

async function load(files: Readonly<Record<string, string | Uint8Array>>, exclude: readonly string[] = []) {
  await using project = await aProject()
  for (const [name, text] of Object.entries(files)) await project.write(`migrations/${name}`, text)
  const folder = { boundary: project.path, base: project.path, exclude }
  const config = { ...folder, directory: join(project.path, 'migrations') }
  const migrations = await loadMigrations(config)
  const { downs, findings } = await loadDowns(config, migrations.files)
  return { downs, findings: [...migrations.findings, ...findings].map(({ rule, file }) => `${rule} ${file}`) }
}

describe('the down part of a migration', () => {
  it('is the section of its file, with every place in it as in the file', async () => {
    const text = 'CREATE TABLE a ();\n-- é😀\n-- migrate:down transaction:false\r\nDROP TABLE a;\n'
    const { downs, findings } = await load({ '01_a.sql': text })
    const down = downs.get('1')
    expect(findings).toEqual([])
    expect(down).toMatchObject({
      version: '01',
      name: '01_a.sql',
      path: 'migrations/01_a.sql',
      directives: { noTransaction: true },
    })
    expect(down?.text.trimStart()).toBe('-- migrate:down transaction:false\r\nDROP TABLE a;\n')
    const start = down?.text.indexOf('DROP') ?? 0
    expect([down?.text.length, positionOf(text, { start, end: start + 4 }).line]).toEqual([text.length, 4])
  })

  it.each([
    ['01_a.sql', '01_a.down.sql'],
    ['01_a.up.sql', '01_a.undo.sql'],
    ['V1__a.sql', 'U1__a.sql'],
    ['01_a/up.sql', '01_a/down.sql'],
  ])('of %s is the file %s', async (up, name) => {
    const { downs, findings } = await load({ [up]: 'SELECT 1;', [name]: 'SELECT 2;' })
    expect([findings, [...downs.values()].map((down) => down.name)]).toEqual([[], [name]])
  })

  it('may begin with a mark of its own in a file of its own, and have directives', async () => {
    const { downs } = await load({
      '01_a.sql': 'SELECT 1;',
      '01_a.down.sql': '-- Down Migration\n-- devflow:no-transaction\nSELECT 2;',
    })
    const down = downs.get('1')
    expect([down?.up.start, down?.directives.noTransaction]).toEqual([0, true])
  })

  it('is none where it holds no statement, is excluded, or is of no version', async () => {
    const { downs, findings } = await load(
      {
        '01_a.sql': 'SELECT 1;\n-- migrate:down\n-- nothing\n',
        '02_b.sql': 'SELECT 1;',
        '02_b.down.sql': 'SELECT 2;',
        'notes.down.sql': 'SELECT 3;',
      },
      ['02_b.down.sql'],
    )
    expect([findings, [...downs.keys()]]).toEqual([[], []])
  })

  it('is told where there are two, and where its file can not be read as text', async () => {
    const { downs, findings } = await load({
      '01_a.sql': 'SELECT 1;\n-- migrate:down\nSELECT 2;',
      '1_a.down.sql': 'SELECT 3;',
      '02_b.sql': 'SELECT 1;',
      '02_b.down.sql': Buffer.from([0xff, 0xfe]),
    })
    expect(findings).toEqual(['invalid-utf-8 migrations/02_b.down.sql', 'two-downs migrations/1_a.down.sql'])
    expect([...downs.keys()]).toEqual(['1'])
  })

  it('has a checksum of its own, which is the same with either line end', async () => {
    const of = async (text: string) => (await load({ '01_a.sql': text })).downs.get('1')?.checksum
    const one = await of('SELECT 1;\n-- migrate:down\nSELECT 2;\n')
    expect(one).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(await of('SELECT 10;\r\n-- migrate:down\r\nSELECT 2;\r\n')).toBe(one)
    expect(await of('SELECT 1;\n-- migrate:down\nSELECT 3;\n')).not.toBe(one)
  })
})

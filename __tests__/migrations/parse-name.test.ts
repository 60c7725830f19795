import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseName } from '../../src/migrations/parse-name.js'

describe('the name of an up file', () => {
  it.each([
    ['01_users.sql', '01', 'number'],
    ['1_x.sql', '1', 'number'],
    ['000123_add.up.sql', '000123', 'number'],
    ['0002-storage-schema.sql', '0002', 'number'],
    ['20260120_x.sql', '20260120', 'number'],
    ['202601201030001_x.sql', '202601201030001', 'number'],
    ['000001.sql', '000001', 'number'],
    ['20260120103000.sql', '20260120103000', 'timestamp'],
    ['20260120103000_create_users.sql', '20260120103000', 'timestamp'],
    ['20260120103000_x.up.sql', '20260120103000', 'timestamp'],
    ['2026-01-20_create_users_table.sql', '2026-01-20_create_users_table', 'date'],
    ['2026-01-20_b.up.sql', '2026-01-20_b', 'date'],
    ['V1__init.sql', '1', 'flyway'],
    ['V1.2__x.sql', '1.2', 'flyway'],
    ['V1_2__x.sql', '1.2', 'flyway'],
    ['V20240101120000__x__y.sql', '20240101120000', 'flyway'],
    ['20240101000000_init/migration.sql', '20240101000000_init', 'folder'],
    ['0_init/migration.sql', '0_init', 'folder'],
    ['2025-05-13-173523_split/up.sql', '2025-05-13-173523_split', 'folder'],
    ['01_users/up.sql', '01_users', 'folder'],
  ])('%s has version %s in style %s', (name, version, style) => {
    expect(parseName(name)).toMatchObject({ kind: 'up', version, style })
  })

  it.each([
    ['01_x.down.sql', '01'],
    ['20260120103000_x.undo.sql', '20260120103000'],
    ['2026-01-20_x.down.sql', '2026-01-20_x'],
    ['V1__x.down.sql', '1'],
    ['U1__x.sql', '1'],
    ['U1_2__x.sql', '1.2'],
    ['01_x/down.sql', '01_x'],
    ['anything.down.sql', undefined],
    ['anything/down.sql', undefined],
  ])('%s is the down file of version %s', (name, version) => {
    expect(parseName(name)).toEqual({ kind: 'down', ...(version ? { version } : {}) })
  })

  it('B5__base.sql is known and unsupported', () => {
    expect(parseName('B5__base.sql')).toMatchObject({ kind: 'unsupported' })
  })

  it('R__views.sql is repeatable, in a folder of whatever style', () => {
    expect(parseName('R__views.sql')).toMatchObject({
      kind: 'up',
      version: 'R__views',
      family: 'repeatable',
    })
  })

  it.each([
    ...[
      'users.sql',
      '01.sql',
      '01_.sql',
      '_01.sql',
      'v1__x.sql',
      'V1_x.sql',
      'V__x.sql',
      'V1__.sql',
      '01 x.sql',
    ],
    ...[
      '2026-1-20_x.sql',
      '٠١_x.sql',
      '01_x.SQL',
      '.01_x.sql',
      '._01_x.sql',
      '01_x.sql.bak',
      'up.sql',
      'down.sql',
    ],
    ...['x/migration.sql', '01_x/seed.sql', '01_x/01_y.sql', 'a/01_x/up.sql', 'V1__x/up.sql', '', '.sql'],
  ])('%s fits no style', (name) => {
    expect(parseName(name)).toEqual({ kind: 'bad' })
  })

  it('tells folders of dates from folders of numbers', () => {
    const family = (name: string) => (parseName(name) as { family?: string }).family
    expect(family('2025-05-13-1_x/up.sql')).not.toBe(family('20250513000000_x/up.sql'))
    expect(family('0_init/up.sql')).toBe(family('20250513000000_x/up.sql'))
  })

  it('is read in any spelling without an error, and a version comes from it', () => {
    const part = fc.constantFrom(
      'V',
      'R',
      '0',
      '12',
      '.',
      '_',
      '__',
      '-',
      '2026-01-20',
      'x',
      '/',
      '.up',
      '.down',
      'é',
      '\n',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const name = `${parts.join('')}.sql`
        const parsed = parseName(name)
        if (parsed.kind === 'up')
          expect(name.replaceAll('_', '.')).toContain(parsed.version.replaceAll('_', '.'))
      }),
    )
  })
})

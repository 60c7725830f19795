import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { ALL_TOOLS } from '../../src/adopt/all-tools.js'
import { isAtMost } from '../../src/adopt/at-most.js'
import { crc32 } from '../../src/adopt/crc32.js'
import { parseName } from '../../src/migrations/parse-name.js'
import type { ForeignToolName } from '../../src/model/foreign-tool.js'
import type { MigrationFile } from '../../src/model/migration.js'
import { aMigration } from '../support/builders.js'
import { slowCrc } from './histories.js'

type Row = readonly (string | null)[]

function aFile(name: string, text = 'select 1;\n'): MigrationFile {
  const parsed = parseName(name)
  if (parsed.kind !== 'up') throw new Error(name)
  return aMigration({ name, path: `migrations/${name}`, version: parsed.version, style: parsed.style, text })
}

/** What became of each file and row, in a line each. */
function comparing(tool: ForeignToolName, rows: readonly Row[], ...files: MigrationFile[]): string[] {
  return ALL_TOOLS[tool]
    .compare(rows, files)
    .map(({ kind, file, row, isChecked, note }) =>
      [kind, file?.name ?? row?.label, isChecked ? 'checked' : '', note ?? ''].filter(Boolean).join(' | '),
    )
}

const sha = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex')

describe('the CRC-32', () => {
  it('is that of the check value of the standard', () => {
    expect(crc32([Buffer.from('1234'), Buffer.from('56789')]) >>> 0).toBe(0xcbf43926)
  })

  it('is the same by another way, for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => crc32([Buffer.from(text.replace(/[\r\n]/g, ''))]) === slowCrc(text),
      ),
    )
  })
})

describe('the order of versions', () => {
  it('is that of their numbers, whatever their length and zeros', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 20n }),
        fc.bigInt({ min: 0n, max: 10n ** 20n }),
        (a, b) => {
          expect(isAtMost(`00${a}`, `${b}.0`)).toBe(a <= b)
        },
      ),
    )
    expect(isAtMost('1.2', '1.10')).toBe(true)
    expect(isAtMost('1.2.1', '1.2')).toBe(false)
    expect(isAtMost('2026-01-20_x', '3')).toBe(false)
  })
})

describe('Flyway', () => {
  const row = (
    version: string | null,
    script: string,
    text: string,
    more: Partial<Record<'type' | 'success', string>> = {},
  ): Row => [
    version,
    more.type ?? 'SQL',
    script,
    String(slowCrc(text)),
    more.success ?? 'true',
    '2025-03-04T05:06:07Z',
    '12',
    'deployer',
  ]

  it('reads a file the same whatever its line ends are', () => {
    const text = 'select 1;\n-- é\nselect 2;'
    for (const ends of ['\n', '\r\n', '\r'])
      expect(
        comparing(
          'flyway',
          [row('1.2', 'V1_2__a.sql', text)],
          aFile('V1_2__a.sql', text.replaceAll('\n', ends)),
        ),
      ).toEqual(['applied | V1_2__a.sql | checked'])
  })

  it('takes 1.0 and 01 for one version', () => {
    expect(comparing('flyway', [row('1.0', 'V1.0__a.sql', 'select 1;\n')], aFile('V01__a.sql'))).toEqual([
      'applied | V01__a.sql | checked',
    ])
  })

  it('counts nothing above a baseline, and all below it', () => {
    const rows = [
      row('2', '<< Flyway Baseline >>', '', { type: 'BASELINE' }),
      row('3', 'V3__c.sql', 'select 1;\n'),
    ]
    const files = ['V1__a.sql', 'V2__b.sql', 'V3__c.sql', 'V4__d.sql', 'R__views.sql'].map((name) =>
      aFile(name),
    )
    expect(comparing('flyway', rows, ...files)).toEqual([
      'applied | V3__c.sql | checked',
      'applied | V1__a.sql | it is not above the baseline 2',
      'applied | V2__b.sql | it is not above the baseline 2',
      'pending | V4__d.sql',
      'pending | R__views.sql',
    ])
  })

  it('takes a changed repeatable file for pending, and an unchanged one for applied', () => {
    const rows = [row(null, 'R__views.sql', 'select 1;\n'), row(null, 'sql/R__functions.sql', 'select 2;\n')]
    expect(comparing('flyway', rows, aFile('R__views.sql'), aFile('R__functions.sql'))).toEqual([
      'applied | R__views.sql | checked',
      'pending | R__functions.sql | checked | it was changed since it ran last',
    ])
  })

  it('says of a migration in Java that it is none', () => {
    expect(comparing('flyway', [row('1', 'db.V1__A', '', { type: 'JDBC' })])).toEqual([
      'missing | db.V1__A | it is no SQL file',
    ])
  })
})

describe('Prisma', () => {
  it.each([
    ['as it is', (text: string) => sha('sha256', text)],
    ['with CRLF', (text: string) => sha('sha256', text.replaceAll('\n', '\r\n'))],
    ['with a byte-order mark', (text: string) => sha('sha256', `\ufeff${text}`)],
    [
      'without the zeros before, of older versions',
      (text: string) =>
        [...createHash('sha256').update(text).digest()].map((byte) => byte.toString(16)).join(''),
    ],
  ])('knows a file again %s', (_, checksum) => {
    const text = 'select 1;\nselect 22;\n'
    const rows = [['20260101000000_a', checksum(text), 'true', null, null]]
    expect(comparing('prisma', rows, aFile('20260101000000_a/migration.sql', text))).toEqual([
      'applied | 20260101000000_a/migration.sql | checked',
    ])
  })
})

describe('golang-migrate', () => {
  it('has nothing applied where the table is empty, or is before the first', () => {
    for (const rows of [[], [['-1', 'false']]])
      expect(comparing('golang-migrate', rows, aFile('1_a.up.sql'))).toEqual(['pending | 1_a.up.sql'])
  })

  it('is told by number, not by text', () => {
    const files = ['2_b.up.sql', '10_j.up.sql', '11_k.up.sql'].map((name) => aFile(name))
    expect(comparing('golang-migrate', [['10', 'true']], ...files)).toEqual([
      'applied | 2_b.up.sql | the database is at version 10',
      'failed | 10_j.up.sql | the database is dirty at this version',
      'pending | 11_k.up.sql',
    ])
  })
})

describe('graphile-migrate', () => {
  const body = 'select 1;'
  const hash = (previous: string) => `sha1:${sha('sha1', `${`${previous}\n${body}`.trim()}\n`)}`
  const second = aFile(
    '000002-more.sql',
    `--! Previous: ${hash('')}\n--! Hash: ${hash(hash(''))}\n--! Message: more\n\n${body}\n`,
  )

  it('checks a file by the hash before it that the table has, not by the files before', () => {
    expect(comparing('graphile-migrate', [['000002.sql', hash(hash('')), hash(''), null]], second)).toEqual([
      'applied | 000002-more.sql | checked',
    ])
    expect(
      comparing('graphile-migrate', [['000002.sql', hash(hash('')), hash('x'), null]], second)[0],
    ).toMatch(/^edited/)
  })

  it('does not check what a person said is wrong on purpose', () => {
    const allowed = aFile(
      '000001.sql',
      `--! Previous: -\n--! Hash: sha1:0\n--! AllowInvalidHash\n\n${body}\n`,
    )
    expect(comparing('graphile-migrate', [['000001.sql', 'sha1:0', '', null]], allowed)).toEqual([
      'applied | 000001.sql',
    ])
  })
})

describe('Atlas', () => {
  const sum = (...parts: string[]) => createHash('sha256').update(parts.join('')).digest('base64')
  const row = (version: string, hash: string, type = '2', done = '1', error = 'false'): Row => [
    version,
    'a',
    type,
    done,
    '1',
    null,
    null,
    error,
    hash,
  ]

  it('has sums that run over all files before, and leaves out the text of one that says so', () => {
    const ignored = aFile('20260101000001_a.sql', '-- atlas:sum ignore\n\nselect 1;\n')
    const file = aFile('20260101000002_b.sql')
    const rows = [row('20260101000001', 'x'), row('20260101000002', sum(ignored.name, file.name, file.text))]
    expect(comparing('atlas', rows, ignored, file)).toEqual([
      'applied | 20260101000001_a.sql',
      'applied | 20260101000002_b.sql | checked',
    ])
  })

  it('counts what is not above the baseline, which may have no file', () => {
    const files = [aFile('20250101000000_old.sql'), aFile('20270101000000_new.sql')]
    expect(
      comparing(
        'atlas',
        [row('20260101000000', '', '1', '0')].map((each) => each.with(4, '0')),
        ...files,
      ),
    ).toEqual([
      'applied | 20250101000000_old.sql | it is not above the baseline 20260101000000',
      'pending | 20270101000000_new.sql',
    ])
  })
})

describe('Liquibase', () => {
  const sumOf = (sql: string) => `9:${sha('md5', `9:${sha('md5', sql.replace(/\s/g, ''))}:`)}`
  const text =
    '-- liquibase formatted sql\n\n-- changeset ann:1\nselect 1;\n-- rollback select 0;\n\n--changeset "b b":two runOnChange:true\nselect 2;\n'
  const file = aFile('01_a.sql', text)
  const path = 'classpath:db/01_a.sql'

  it('has a file applied where each of its changesets is', () => {
    const rows = [
      ['1', 'ann', path, 'EXECUTED', sumOf('select 1;'), null],
      ['two', 'b b', path, 'MARK_RAN', '9:0', null],
    ]
    expect(comparing('liquibase', rows, file)).toEqual(['applied | 01_a.sql'])
    expect(comparing('liquibase', rows.slice(0, 1), file)).toEqual([
      'failed | 01_a.sql | its changesets b b:two are not in the table',
    ])
    expect(
      comparing(
        'liquibase',
        rows.map((row) => row.with(4, '9:1')),
        file,
      ),
    ).toEqual(['edited | 01_a.sql | checked | its changeset ann:1 is not what was run'])
  })

  it('does not compare checksums of versions before 4.22', () => {
    const rows = [
      ['1', 'ann', path, 'EXECUTED', '8:0', null],
      ['two', 'b b', path, 'EXECUTED', '8:0', null],
    ]
    expect(comparing('liquibase', rows, file)).toEqual(['applied | 01_a.sql'])
  })

  it('says of a changelog in XML, or of another folder, that there is no file', () => {
    const rows = [
      ['1', 'ann', 'db/changelog.xml', 'EXECUTED', '9:0', null],
      ['1', 'ann', 'db/x01_a.sql', 'EXECUTED', '9:0', null],
    ]
    expect(comparing('liquibase', rows, file)).toEqual([
      'missing | ann:1 of db/changelog.xml | its changelog is not SQL, which is not run here',
      'missing | ann:1 of db/x01_a.sql',
      'pending | 01_a.sql',
    ])
  })
})

describe('Sqitch', () => {
  it('knows a change that was reworked by its hash', () => {
    const rows = ['select 1;\n', 'select 2;\n'].map((text): Row => ['users', sha('sha1', text), null, 'Ann'])
    const files = [aFile('03_users.sql', 'select 2;\n'), aFile('01_users.sql', 'select 1;\n')]
    expect(comparing('sqitch', rows, ...files)).toEqual([
      'applied | 01_users.sql | checked',
      'applied | 03_users.sql | checked',
    ])
    expect(comparing('sqitch', rows, files[1] as MigrationFile)[1]).toBe(
      'missing | users | copy deploy/users.sql as <number>_users.sql, in the order of its plan',
    )
  })
})

describe('Supabase', () => {
  it('does not compare where the CLI kept no statements, as older ones and repair do', () => {
    expect(comparing('supabase', [['20260101000000', null, null]], aFile('20260101000000_a.sql'))).toEqual([
      'applied | 20260101000000_a.sql',
    ])
  })

  it('tells versions apart by their text', () => {
    expect(comparing('supabase', [['1', null, null]], aFile('01_a.sql'))).toEqual([
      'missing | 1',
      'pending | 01_a.sql',
    ])
  })
})

describe('node-pg-migrate', () => {
  it('takes a name that stands there twice for one migration', () => {
    const rows = [
      ['1700000000000_a', null],
      ['1700000000000_a', null],
    ]
    expect(comparing('node-pg-migrate', rows, aFile('1700000000000_a.sql'))).toEqual([
      'applied | 1700000000000_a.sql',
    ])
  })
})

describe('Knex', () => {
  it('says of a migration in JavaScript what to do', () => {
    expect(comparing('knex', [['20260101000000_a.cjs', null]])).toEqual([
      'missing | 20260101000000_a.cjs | it is JavaScript, which is not run here: write its SQL as 20260101000000_a.sql',
    ])
  })
})

describe('any tool', () => {
  const cell = fc.option(
    fc.oneof(fc.string(), fc.constantFrom('1', 'true', '9:x', '20260101000001', 'R__a.sql', 'x.sql')),
    { nil: null },
  )
  const files = ['20260101000001_a.sql', '20260101000002_b.sql'].map((name) => aFile(name))

  it.each(Object.keys(ALL_TOOLS) as ForeignToolName[])(
    '%s accounts for each file exactly once, whatever its table holds',
    (tool) => {
      fc.assert(
        fc.property(fc.array(fc.array(cell, { minLength: 9, maxLength: 9 }), { maxLength: 4 }), (rows) => {
          const found = ALL_TOOLS[tool].compare(rows, files).flatMap(({ file }) => file ?? [])
          expect(found.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual(files)
        }),
        { numRuns: 50 },
      )
    },
  )
})

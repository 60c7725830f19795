import { expect, it } from '@jest/globals'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, rehearsed, trouble, verdict } from './a-migrator.js'

const table = 'create table t (a int, b text);\n'

const rowsOf = (database: TestDatabase) => database.query('select a, b from t order by a')

eachMajor('COPY … FROM STDIN', (major) => {
  it('loads its rows in a rehearsal and in the run, whatever they look like', async () => {
    await using database = await aDatabase({ major })
    const rows = '1\tit\'s; -- "\n2\t$$ /* \\\\.\n3\t\\N\n4\té漢😀\n5\tcopy t from stdin;\n'
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `-- é😀\n${table}copy t from stdin; -- the rows\n${rows}\\.\ninsert into t values (6, 'after');\n`,
    })
    const report = await migrator.run('migrate')
    expect([verdict(report), rehearsed(report)]).toEqual(['0 applied: 01 applied', '01 rehearsed'])
    expect(await rowsOf(database)).toEqual([
      { a: 1, b: 'it\'s; -- "' },
      { a: 2, b: '$$ /* \\.' },
      { a: 3, b: null },
      { a: 4, b: 'é漢😀' },
      { a: 5, b: 'copy t from stdin;' },
      { a: 6, b: 'after' },
    ])
  })

  it('loads what it should where several files hold several, one of them no row at all', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `${table}copy t from stdin;\n\\.\ncopy t from stdin;\n1\tone\n\\.\n`,
      '02_u.sql': "insert into t values (2, 'two');",
      '03_v.sql':
        'begin;\ncopy t (b, a) from stdin with (format csv, header);\nb,a\n"th\nree",3\n\\.\ncommit;',
    })
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied, 02 applied, 03 applied')
    expect(await rowsOf(database)).toEqual([
      { a: 1, b: 'one' },
      { a: 2, b: 'two' },
      { a: 3, b: 'th\nree' },
    ])
  })

  it('loads lines that end in CRLF', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `${table}copy t from stdin;\n1\tone\n2\ttwo\n\\.\nselect 1;\n`.replaceAll('\n', '\r\n'),
    })
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied')
    expect(await rowsOf(database)).toEqual([
      { a: 1, b: 'one' },
      { a: 2, b: 'two' },
    ])
  })

  it('loads more rows than fit into one message of the protocol', async () => {
    await using database = await aDatabase({ major })
    const rows = Array.from({ length: 50_000 }, (_, n) => `${n}\t${n % 7 === 0 ? '😀' : 'é'}${n}\n`).join('')
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `${table}copy t from stdin;\n${rows}\\.\n`,
    })
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied')
    expect(
      await database.query(
        "select count(*)::int, sum(a)::int, bool_and(b in ('😀' || a, 'é' || a)) as whole from t",
      ),
    ).toEqual([{ count: 50_000, sum: 1_249_975_000, whole: true }])
  })

  it('runs in a file outside of a transaction too', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `${table}copy t from stdin;\n1\tone\n\\.\ncreate index concurrently i on t (a);\ncopy t from stdin;\n2\ttwo\n\\.\n`,
      '02_u.sql':
        '-- devflow:no-transaction\ncopy t from stdin;\n3\tthree\n\\.\ncopy t from stdin;\n4\tfour\n\\.\n',
    })
    const report = await migrator.run('migrate')
    expect([verdict(report), trouble(report)]).toEqual([
      '0 applied: 01 applied, 02 applied',
      expect.not.stringContaining('"severity":"error"'),
    ])
    expect((await rowsOf(database)).map(({ a }) => a)).toEqual([1, 2, 3, 4])
  })

  it('fails at the row, without showing it, and leaves nothing', async () => {
    await using database = await aDatabase({ major })
    const text = `${table}copy t from stdin;\n1\tone\nsecret\ttwo\n3\tthree\n\\.\ninsert into t values (4);`
    await using migrator = await aMigrator(database.url, { '01_t.sql': text })
    const report = await migrator.run('migrate')
    expect(verdict(report)).toBe('1 failed: 01 not-run')
    const [{ failure } = {}] = report.rehearsal
    expect(failure).toMatchObject({ code: '22P02', position: { line: 4, column: 1 }, statement: 2 })
    expect(failure).not.toHaveProperty('excerpt')
    expect(await database.query("select to_regclass('t') as t")).toEqual([{ t: null }])
  })

  it('fails at the row of a table, or a column, whose name reads as the words about it', async () => {
    await using database = await aDatabase({ major })
    const name = 's."x, line 9, ""b"", line 1"'
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `create schema s; create table ${name} ("c, line 4" int);
copy ${name} ("c, line 4") from stdin;\n1\n2\nsecret, line 5\n4\n\\.\n`,
    })
    const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(report.outcomes[0]?.failure).toMatchObject({ code: '22P02', position: { line: 5, column: 1 } })
  })

  it('takes STDOUT behind FROM for the same, as the server and psql do', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `${table}copy t from stdout;\n1\tone\n\\.\ncopy t to stdout;\n`,
    })
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied')
    expect(await rowsOf(database)).toEqual([{ a: 1, b: 'one' }])
  })

  it('fails alone when the server refuses it before the rows are through', async () => {
    await using database = await aDatabase({ major })
    const rows = 'x\n'.repeat(500_000)
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `create table u (a int);\ncopy u from stdin;\n${rows}\\.\n`,
    })
    const report = await migrator.run('migrate')
    expect(report.rehearsal[0]?.failure).toMatchObject({ code: '22P02', position: { line: 3 } })
    await migrator.write('01_t.sql', `${table}copy t from stdin;\n1\tone\n\\.\n`)
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied')
    expect(await rowsOf(database)).toEqual([{ a: 1, b: 'one' }])
  })

  it('is as psql reads it where a dump has \\restrict', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `--\n-- PostgreSQL database dump\n--\n\n\\restrict aB3\n\nSET client_encoding = 'UTF8';\n${table}COPY public.t (a, b) FROM stdin;\n1\tone\n\\.\n\n\\unrestrict aB3\n\n`,
    })
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied')
    expect(await rowsOf(database)).toEqual([{ a: 1, b: 'one' }])
  })
})

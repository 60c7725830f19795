import { expect, it } from '@jest/globals'
import type { Rehearsed } from '../../src/model/outcome.js'
import { anUnreadable, aRunnable } from '../executors/sql/a-work.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aRehearsal, inShort, measuredOf } from './a-rehearsal.js'

/** `01 rehearsed, 02 failed 42P01` */
function states(rehearsal: readonly Rehearsed[]): string {
  return rehearsal
    .map(({ version, state, failure }) => [version, state, failure?.code].filter(Boolean).join(' '))
    .join(', ')
}

eachMajor('a rehearsal on a target', (major) => {
  it('does not send what it is told to leave, says so, and blames nobody who misses it', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table t (id serial primary key); create table u (t int references t)')
    const files = {
      '01_a.sql': `insert into t default values;\ncreate table v ();\ninsert into u values (1);\nselect nextval('t_id_seq')`,
      '02_b.sql': 'insert into u values (1)',
      '03_c.sql': `select nextval('t_id_seq')`,
      '04_d.sql': 'create table w (); alter table nowhere add n int',
    }
    const rehearsal = await aRehearsal(database.url, files, {
      leaves: ({ text, statements = [] }, index) => {
        const { start, end } = statements[index]?.span ?? { start: 0, end: 0 }
        return /default values|nextval/.test(text.slice(start, end)) ? 'it moves the sequence on' : undefined
      },
    })
    expect(states(rehearsal)).toBe(
      '01 not-rehearsable, 02 not-rehearsable, 03 not-rehearsable, 04 not-rehearsable',
    )
    expect(rehearsal.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^it may need what was left out of 01_a.sql: .*foreign key/),
      expect.stringMatching(/^it may need what was not rehearsed \(01_a.sql\): .*foreign key/),
      'it moves the sequence on',
      expect.stringContaining('nowhere'),
    ])
    expect(rehearsal[0]?.left).toEqual([
      {
        statement: 1,
        position: { line: 1, column: 1, endLine: 1, endColumn: 28 },
        text: 'insert into t default values',
        reason: 'it moves the sequence on',
      },
      expect.objectContaining({ statement: 4, text: `select nextval('t_id_seq')` }),
    ])
    expect(await database.query(`select nextval('t_id_seq')::int as id`)).toEqual([{ id: 1 }])
  })

  it('measures what is left of a file, and lists what a transaction can not hold', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table t (n int)')
    const rehearsal = await aRehearsal(database.url, {
      '01_a.sql': 'create index concurrently i on t (n); alter table t add m int; vacuum t',
    })
    expect(rehearsal).toMatchObject([
      {
        state: 'partly-rehearsed',
        reason: 'CREATE INDEX CONCURRENTLY, VACUUM can not run in a transaction and was left out',
        left: [
          { statement: 1, reason: 'CREATE INDEX CONCURRENTLY can not run in a transaction' },
          { statement: 3, text: 'vacuum t' },
        ],
        measured: [{ statement: 2, locks: [{ relation: 'public.t', modes: ['AccessExclusive'] }] }],
      },
    ])
  })

  it('keeps to the time that it is given', async () => {
    await using database = await aDatabase({ major })
    const files = { '01_a.sql': 'select pg_sleep(120)' }
    // Long enough for the rehearsal's own statements on a busy machine.
    const [file] = await aRehearsal(database.url, files, { statementMs: 1_500 })
    expect(file).toMatchObject({
      state: 'not-rehearsable',
      reason: expect.stringContaining('lets a statement run no longer than 1.5 s'),
    })
  })

  it('goes on without measuring where the server does not answer, and says so', async () => {
    await using database = await aDatabase({ major })
    const role = `weak_${database.name}`
    await database.query(`create role ${role}; create table t (); grant all on t to ${role}; alter table t owner to ${role};
      revoke execute on function pg_current_wal_insert_lsn from public`)
    const files = {
      '01_a.sql': 'create table a ()',
      '02_b.sql': `set role ${role}; alter table t add n int; alter table t add m int`,
      '03_c.sql': 'create table c ()',
    }
    for (const place of ['target', 'shadow'] as const) {
      const limits: string[] = []
      const rehearsal = await aRehearsal(database.url, files, {
        place,
        limit: (sentence) => void limits.push(sentence),
      })
      expect(states(rehearsal)).toBe('01 rehearsed, 02 rehearsed, 03 rehearsed')
      expect(rehearsal.map(({ measured }) => measured?.length)).toEqual([1, undefined, undefined])
      expect(limits).toEqual([
        expect.stringMatching(
          /^From 02_b.sql on, what each statement does was not measured: .*permission denied/,
        ),
      ])
    }
    await database.query(`drop owned by ${role}; drop role ${role}`)
  })

  it('measures so many statements at the most, and says where it ended', async () => {
    await using database = await aDatabase({ major })
    const limits: string[] = []
    const rehearsal = await aRehearsal(
      database.url,
      { '01_a.sql': 'select 1;'.repeat(600), '02_b.sql': 'select 1;'.repeat(600), '03_c.sql': 'select 1' },
      { limit: (sentence) => void limits.push(sentence) },
    )
    expect(rehearsal.map(({ measured }) => measured?.length)).toEqual([600, undefined, undefined])
    expect(limits).toEqual([expect.stringMatching(/^From 02_b.sql on,.*1000 statements/)])
  })

  it('takes back what a file did that it can not judge, and measures the next as if it had not been', async () => {
    await using database = await aDatabase({ major })
    await database.query(`create type m as enum ('a'); create table t (n int, m m); insert into t values (1)`)
    const rehearsal = await aRehearsal(database.url, {
      '01_a.sql': `alter type m add value 'b'`,
      '02_b.sql': `alter table t alter n type bigint; insert into t values (1, 'b')`,
      '03_c.sql': 'alter table t alter n type bigint; drop table t',
    })
    expect(states(rehearsal)).toBe('01 rehearsed, 02 not-rehearsable, 03 rehearsed')
    expect(rehearsal[2]?.measured?.map(inShort)).toEqual([
      't AccessExclusive+Share; rewrites t; scans t',
      'drops table t; holds t since 1',
    ])
  })
})

eachMajor('a rehearsal of a file in pieces', (major) => {
  it.each(['target', 'shadow'] as const)(
    'measures none of it, says so, and all of the next, on a %s',
    async (place) => {
      await using database = await aDatabase({ major })
      await database.query('create table t (n int)')
      const limits: string[] = []
      const text = 'alter table t add a int; create table made (n int)'
      const pieces = [{ start: 0, end: text.length, statements: 2, script: false, left: [], unread: false }]
      const large = { ...anUnreadable('01_a.sql', text), pieces }
      const rehearsal = await aRehearsal(
        database.url,
        {},
        {
          place,
          migrations: [large, await aRunnable('02_b.sql', 'alter table t add b int; drop table made')],
          limit: (sentence) => void limits.push(sentence),
        },
      )
      expect(states(rehearsal)).toBe('01 rehearsed, 02 rehearsed')
      expect(rehearsal.map(({ measured }) => measured?.map(inShort))).toEqual([
        undefined,
        ['t AccessExclusive', 'holds t since 1'],
      ])
      expect(limits).toEqual([expect.stringContaining('What the statements of 01_a.sql do was not measured')])
      expect(await database.query(`select to_regclass('made') as made`)).toEqual([{ made: null }])
    },
  )

  it.each([
    ['commits', 'commit', 'savepoint "devflow_rehearsal" does not exist|RELEASE SAVEPOINT', 'made'],
    ['commits, begins and fails', 'commit; begin; select 1/0', 'division by zero', 'made'],
    ['rolls back, begins and fails', 'rollback; begin; select 1/0', 'division by zero', null],
    ['fails in a transaction that is still the rehearsal', 'select 1/0', undefined, null],
  ])(
    'says what may be kept where it %s, as if the parser had read it wrongly',
    async (_, end, then, made) => {
      await using database = await aDatabase({ major })
      const text = `create table made (n int); ${end};`
      const statements = text.split(';').length - 1
      const pieces = [{ start: 0, end: text.length, statements, script: false, left: [], unread: false }]
      const migrations = [
        { ...anUnreadable('01_a.sql', text), pieces },
        await aRunnable('02_b.sql', 'create table never ()'),
      ]
      const rehearsal = await aRehearsal(database.url, {}, { migrations, limit: () => {} })
      expect(states(rehearsal)).toBe(`01 failed ${then === undefined ? '22012' : 'DF001'}, 02 not-run`)
      if (then !== undefined)
        expect(rehearsal[0]?.failure?.message).toMatch(
          new RegExp(`^the file ended the transaction .* may be kept, .*\\(it failed then: .*(${then})`),
        )
      expect(
        await database.query(`select to_regclass('made') as made, to_regclass('never') as never`),
      ).toEqual([{ made, never: null }])
    },
  )

  it('is not sent where it is to be left', async () => {
    await using database = await aDatabase({ major })
    const text = 'create table made (n int)'
    const pieces = [{ start: 0, end: text.length, statements: 1, script: false, left: [], unread: false }]
    const migrations = [{ ...anUnreadable('01_a.sql', text), pieces }]
    const rehearsal = await aRehearsal(database.url, {}, { migrations, leaves: () => 'it may call anything' })
    expect(rehearsal).toMatchObject([{ state: 'not-rehearsable', reason: 'it may call anything' }])
  })
})

eachMajor('a rehearsal on a shadow', (major) => {
  it('commits each file as it will, and runs alone what can not stand in a transaction', async () => {
    await using database = await aDatabase({ major })
    await database.query(
      `create type m as enum ('a'); create table t (n int, m m); create index old on t (n)`,
    )
    const rehearsal = await aRehearsal(
      database.url,
      {
        '01_a.sql': `alter type m add value 'b'; create table kept ()`,
        '02_b.sql': `insert into t values (1, 'b')`,
        '03_c.sql':
          'create index concurrently i on t (n); alter table t add x int; drop index concurrently old; vacuum t',
        '04_d.sql': 'alter table t add constraint c unique using index i',
        '05_e.sql': 'select 1/0',
        '06_f.sql': 'create table never ()',
      },
      { place: 'shadow' },
    )
    expect(states(rehearsal)).toBe(
      '01 rehearsed, 02 rehearsed, 03 rehearsed, 04 failed 42809, 05 not-run, 06 not-run',
    )
    expect(rehearsal[2]?.measured?.map(inShort)).toEqual([
      't ShareUpdateExclusive; scans t; makes index i',
      't AccessExclusive',
      'old ShareUpdateExclusive; drops index old',
      't ShareUpdateExclusive',
    ])
    expect(
      await database.query(`select to_regclass('kept') is not null as kept, to_regclass('never') as never`),
    ).toEqual([{ kept: true, never: null }])
  })

  it('honours the transactions of a file that is declared to have its own', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table t (n int)')
    const rehearsal = await aRehearsal(
      database.url,
      {
        '01_a.sql': `-- devflow:no-transaction\nbegin; set transaction isolation level serializable; alter table t add a int; insert into t values (1); commit;
          begin read only; select count(*) from t; rollback;\ninsert into t values (2); set work_mem = '8MB'; alter table t add b int;
          do $$ begin if current_setting('work_mem') <> '8MB' then raise 'lost'; end if; end $$`,
      },
      { place: 'shadow' },
    )
    expect(measuredOf(rehearsal).map((one) => `${one.statement}: ${inShort(one)}`)).toEqual([
      '3: t AccessExclusive',
      '4: t RowExclusive; t +1 ~0 -0; holds t since 3',
      '7: t AccessShare; scans t',
      '9: t RowExclusive; t +1 ~0 -0',
      '10: ',
      '11: t AccessExclusive',
      '12: ',
    ])
    expect(await database.query('select count(*)::int as n from t')).toEqual([{ n: 2 }])
  })

  it('blames a file for an error, unless the shadow is known to lack what it needs', async () => {
    await using database = await aDatabase({ major })
    const files = { '01_a.sql': 'create extension vector', '02_b.sql': 'create table b ()' }
    const plain = await aRehearsal(database.url, files, { place: 'shadow' })
    expect(states(plain)).toMatch(/^01 failed \w{5}, 02 not-run$/)
    const excused = await aRehearsal(database.url, files, {
      place: 'shadow',
      excuse: ({ message }) =>
        message.includes('vector') ? 'the shadow has no extension vector' : undefined,
    })
    expect(states(excused)).toBe('01 not-rehearsable, 02 rehearsed')
    expect(excused[0]?.reason).toMatch(/^the shadow has no extension vector: /)
  })

  it('fails where a statement that stands alone does, at its place', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table t (n int); insert into t values (1), (1)')
    const rehearsal = await aRehearsal(
      database.url,
      {
        '01_a.sql': 'create table u ();\ncreate unique index concurrently i on t (n);',
        '02_b.sql': 'select 1',
      },
      { place: 'shadow' },
    )
    expect(rehearsal).toMatchObject([
      {
        state: 'failed',
        failure: { code: '23505', statement: 2, position: { line: 2, column: 1 } },
        measured: [{ statement: 1 }],
      },
      { state: 'not-run' },
    ])
  })

  it('does not reach beyond its database', async () => {
    await using database = await aDatabase({ major })
    const rehearsal = await aRehearsal(
      database.url,
      {
        '01_a.sql': `create database ${database.name}_x`,
        '02_b.sql': `alter system set work_mem = '9MB'; create table b ()`,
      },
      { place: 'shadow' },
    )
    expect(rehearsal).toMatchObject([
      { state: 'not-rehearsable', reason: 'CREATE DATABASE reaches beyond the database' },
      {
        state: 'partly-rehearsed',
        left: [{ statement: 1, reason: 'ALTER SYSTEM reaches beyond the database' }],
      },
    ])
    expect(
      await database.query(`select from pg_database where datname = $1`, [`${database.name}_x`]),
    ).toEqual([])
  })

  it('is one transaction where all files will be, and then keeps nothing', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table t (n int)')
    const rehearsal = await aRehearsal(
      database.url,
      { '01_a.sql': 'alter table t add a int', '02_b.sql': 'create table b ()' },
      { place: 'shadow', together: true },
    )
    expect(measuredOf(rehearsal).map(inShort)).toEqual(['t AccessExclusive', 'makes table b'])
    expect(await database.query(`select to_regclass('b') as b`)).toEqual([{ b: null }])
  })
})

import { describe, expect, it } from '@jest/globals'
import { prepareMigration } from '../../../src/plan/prepare-migration.js'
import { openEscapes } from '../../../src/rehearsal/escapes/open-escapes.js'
import { readingPendingReach, readPendingReach } from '../../../src/rehearsal/escapes/pending-reach.js'
import { openParser } from '../../../src/sql/open-parser.js'
import { aMigration } from '../../support/builders.js'
import { aDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { factsOf, leavesOf } from './judge-on.js'

const parser = await openParser()

/** Makes a file so large that it goes in pieces. */
const LARGE = `-- ${'x'.repeat(8 * 1024 * 1024)}\n`

const preparedOf = (text: string, directives = {}) =>
  prepareMigration(
    parser,
    aMigration({ text, directives: { noTransaction: false, timeouts: {}, ...directives } }),
  ).runnable

describe('what pending files set in motion', () => {
  it.each([
    ["comment on table t is 'x'", true],
    ['select f()', true],
    ['insert into t values (1)', true],
    ['set lock_timeout = 5', false],
    ['select 1', false],
    ["notify a, 'b'", false],
    ['vacuum t', false],
  ])('needs to know the database only where that matters: %s', (sql, needsFacts) => {
    expect(readPendingReach(parser, [preparedOf(sql)]).needsFacts).toBe(needsFacts)
  })

  it.each([
    ['small', '', 3],
    ['large', LARGE, 3],
  ])('is read with a pause at every statement: a %s file', (_, before, count) => {
    const migration = preparedOf(`${before}${'select 1;\n'.repeat(count)}`)
    expect([...readingPendingReach(parser, [migration])]).toHaveLength(count)
  })

  it('is told of the names that are filled in, not of what stands in for them', async () => {
    await using database = await aDatabase()
    await database.query('create table users (id serial, x int); create sequence ids')
    const migration = preparedOf(`insert into \${TABLE} (x) values (1); select nextval(\${SEQUENCE})`, {
      substitute: [
        { name: 'TABLE', as: 'identifier' },
        { name: 'SEQUENCE', as: 'literal' },
      ],
    })
    const facts = await factsOf(database)
    const reasons = (fills: readonly string[]) => {
      const filled = { ...migration, fills }
      const leaves = leavesOf([filled], facts)
      return [0, 1].map((index) => leaves(filled, index))
    }
    expect(reasons(['"users"', "'ids'"])).toEqual([
      expect.stringContaining('users_id_seq'),
      expect.stringContaining('public.ids'),
    ])
    expect(reasons(['"others"', "'ids'"])[0]).toBeUndefined()
  })

  it('leaves out of account what is not sent anyway', () => {
    const migration = preparedOf("vacuum t; create index concurrently i on t (nextval('s'))", {
      noTransaction: true,
    })
    const leaves = openEscapes({ parser, pending: readPendingReach(parser, [migration]) })
    expect(migration.statements?.map((_, index) => leaves(migration, index))).toEqual([undefined, undefined])
  })

  it('is told of all of a file too large to be kept, at once', () => {
    const rows =
      `insert into t (id, a) values (1, '${'text with (words) and select '.repeat(200)}');\n`.repeat(1_600)
    const reasonOf = (end: string) => {
      const migration = preparedOf(`create table t (id serial, a text);\n${rows}${end}`)
      expect(migration.pieces?.length).toBeGreaterThan(1)
      const pending = readPendingReach(parser, [migration])
      expect(pending.files[0]?.pieces?.length).toBeLessThan(5)
      return openEscapes({ parser, pending })(migration, 0)
    }
    expect(reasonOf("select setval('t_id_seq', 2);")).toBeUndefined()
    expect(reasonOf("select setval('other', 2);")).toBe(
      'setval() sets the sequence other, which no rollback undoes',
    )
    expect(reasonOf("insert into t (a) values (nextval('other'));")).toMatch(
      /^nextval\(\) advances a sequence/,
    )
  })

  it('is told of what is filled into a file in pieces, and leaves out no more of it than without', () => {
    const text = `begin;\nselect length(\${PASSWORD});\nselect setval(\${SEQUENCE}, 99);\ncommit;\n${LARGE}`
    const migration = preparedOf(text, {
      substitute: [
        { name: 'PASSWORD', as: 'literal' },
        { name: 'SEQUENCE', as: 'literal' },
      ],
    })
    expect(migration.pieces?.flatMap(({ left }) => left)).toHaveLength(2)
    for (let length = 0; length < 60; length += 3) {
      const password = `'${";''".repeat(length / 3)}'`
      const pending = readPendingReach(parser, [{ ...migration, fills: [password, "'ids'"] }])
      expect([length, openEscapes({ parser, pending })(migration, 0)]).toEqual([
        length,
        'setval() sets the sequence ids, which no rollback undoes',
      ])
    }
  })

  it('is not told of a statement that the parser can not read', () => {
    const text = `select ${'('.repeat(12_000)}1${')'.repeat(12_000)};`
    const migration = preparedOf(text)
    expect(openEscapes({ parser, pending: readPendingReach(parser, [migration]) })(migration, 0)).toBe(
      'it could not be analysed',
    )
  })
})

const ADVANCES = "returns trigger language plpgsql as $$ begin perform nextval('ids'); return new; end $$"

eachMajor('a statement of a file in pieces that stands there twice', (major) => {
  it.each([
    [
      'a trigger is made',
      `create function f() ${ADVANCES}; create trigger g before insert on t for each row execute function f()`,
    ],
    ['a function is made anew', `create or replace function h() ${ADVANCES}`],
    ['a default is set', "alter table t alter a set default nextval('ids')"],
    ['another table gets its name', 'alter table t rename to old; alter table u rename to t'],
    ['its sequence is put back', 'rollback to a'],
    ['a function sets a default', 'select arm()'],
    ['a block calls it', 'do $$ begin perform arm(); end $$'],
    ['a trigger makes another', 'insert into v values (1)'],
    ['a function moves names', 'select swap()'],
  ])('is judged again where %s in between', async (_, between) => {
    await using database = await aDatabase({ major })
    await database.query(`create sequence ids; create table t (id serial, a int); create table u (a int default nextval('ids'));
      create function h() returns trigger language plpgsql as $$ begin return new; end $$;
      create trigger g before insert on t for each row execute function h();
      create function arm() returns void language plpgsql as $$ begin alter table t alter a set default nextval('ids'); end $$;
      create function swap() returns void language plpgsql as $$ begin alter table t rename to old; alter table u rename to t; end $$;
      create function k() returns trigger language plpgsql as $$ begin perform arm(); return new; end $$;
      create table v (n int); create trigger k after insert on v for each row execute function k()`)
    const facts = await factsOf(database)
    const twice = 'insert into t values (default, default)'
    const text = `savepoint a; truncate t restart identity; ${twice}; ${between}; ${twice};\n`
    const [small, large] = [text, `${text}${LARGE}`].map((each) => {
      const migration = preparedOf(each)
      const leaves = leavesOf([migration], facts)
      return (migration.statements ?? [undefined]).map((__, index) => leaves(migration, index))
    })
    const reasons = small?.filter((reason) => reason !== undefined)
    expect(reasons).toEqual([expect.stringMatching(/nextval\(\) advances .* no rollback undoes$/)])
    expect(small?.at(-1)).toBe(reasons?.[0])
    // What a function does to names counts for all of it.
    expect(large).toEqual(
      between === 'select swap()' ? [expect.stringMatching(/no rollback undoes$/)] : reasons,
    )
  })
})

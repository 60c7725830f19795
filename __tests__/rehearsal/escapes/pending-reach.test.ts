import { describe, expect, it } from '@jest/globals'
import { prepareMigration } from '../../../src/plan/prepare-migration.js'
import { openEscapes } from '../../../src/rehearsal/escapes/open-escapes.js'
import { readPendingReach } from '../../../src/rehearsal/escapes/pending-reach.js'
import { openParser } from '../../../src/sql/open-parser.js'
import { aMigration } from '../../support/builders.js'
import { aDatabase } from '../../support/postgres/a-database.js'
import { factsOf, leavesOf } from './judge-on.js'

const parser = await openParser()

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

  it('is not told of a statement that the parser can not read', () => {
    const text = `select ${'('.repeat(12_000)}1${')'.repeat(12_000)};`
    const migration = preparedOf(text)
    expect(openEscapes({ parser, pending: readPendingReach(parser, [migration]) })(migration, 0)).toBe(
      'it could not be analysed',
    )
  })
})

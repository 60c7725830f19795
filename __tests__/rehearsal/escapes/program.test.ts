import { expect, it } from '@jest/globals'
import { aMigrator } from '../../programs/a-migrator.js'
import { aDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { wholeDatabase } from './whole-database.js'

eachMajor('a rehearsal on the target', (major) => {
  it('leaves out what would outlive it, says so, and leaves everything as it was', async () => {
    await using database = await aDatabase({ major })
    await database.query(
      "create table users (id serial primary key, name text); insert into users (name) values ('a'); create sequence ids",
    )
    await using migrator = await aMigrator(database.url, {
      '01_more.sql':
        "alter table users add column age int;\ninsert into users (name) values ('b');\nselect nextval('ids');\n",
      '02_made.sql': 'create table made (id serial, x int);\ninsert into made (x) values (1);\n',
    })
    const before = await wholeDatabase(database)
    const report = await migrator.run('dry-run', { given: { rehearse: 'target' } })
    expect(
      report.rehearsal.map(({ state, left }) => [state, left?.map((one) => [one.statement, one.reason])]),
    ).toEqual([
      [
        'partly-rehearsed',
        [
          [
            2,
            'by the default of id in public.users nextval() advances the sequence public.users_id_seq, which no rollback undoes',
          ],
          [3, 'nextval() advances the sequence public.ids, which no rollback undoes'],
        ],
      ],
      ['rehearsed', undefined],
    ])
    expect(await wholeDatabase(database)).toEqual(before)
  })
})

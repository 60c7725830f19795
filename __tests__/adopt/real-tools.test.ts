import { describe, expect } from '@jest/globals'
import { aMigrator, verdict } from '../programs/a-migrator.js'
import { needs } from '../support/needs.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { REAL_TOOLS } from './real-tools.js'

/** With what tools split, trim and leave out: comments, quotes, bodies, semicolons, blank lines. */
const TEXTS = {
  '20260101000001_users': `-- the first; with a semicolon
create table users (
  id integer primary key,\tname text default 'a;b  c'
);


/* a block; comment */
create function one() returns integer language sql as $$ select 1; $$;
comment on table users is 'é 😀';
-- the end`,
  '20260101000002_books': 'create table books (id integer primary key, user_id integer references users);',
}
const [, second] = Object.keys(TEXTS) as [string, keyof typeof TEXTS]

describe.each(REAL_TOOLS)(
  'a history that $tool made',
  ({ needs: wanted, table, checks, directory, ...tool }) => {
    needs(...wanted).it(
      'is adopted, and then neither finds anything to do',
      async () => {
        await using database = await aDatabase()
        await using migrator = await aMigrator(database.url)
        const { project } = migrator
        await tool.write(project, TEXTS)
        await tool.apply(project, database.url)
        const rows = () => database.query(`select t::text from ${table} t order by 1`)
        const before = await rows()
        const given = { directory }
        const adopted = await migrator.run('adopt', { given })
        expect(adopted.problems).toEqual([])
        expect(adopted.operation?.facts).toMatchObject({
          recorded: 2,
          checked: checks ? 2 : 0,
          pending: 0,
          table,
        })
        expect(verdict(adopted)).toBe('0 applied')
        expect(verdict(await migrator.run('migrate', { given }))).toBe('0 up-to-date')
        await tool.apply(project, database.url)
        expect(await rows()).toEqual(before)
        if (!checks) return
        await migrator.run('adopt', { given: { ...given, undo: 'true' } })
        await tool.write(project, { ...TEXTS, [second]: `${TEXTS[second]} select 2;` })
        const edited = await migrator.run('adopt', { given })
        expect(verdict(edited)).toBe('1 refused')
        expect(edited.problems.map(({ message }) => message).join()).toMatch(/is not what .* applied/)
      },
      120_000,
    )
  },
)

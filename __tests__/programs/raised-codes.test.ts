import { expect, it } from '@jest/globals'
import { makeReportJson } from '../../src/render/make-report-json.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, verdict } from './a-migrator.js'

eachMajor('an error that a file itself raises', (major) => {
  it.each(['57014', '55P03', '55006'])(
    'as %s is found by the rehearsal, and nothing is applied',
    async (code) => {
      await using database = await aDatabase({ major })
      await using migrator = await aMigrator(database.url, {
        '01_a.sql': 'create table a (n int);',
        '02_b.sql': `select 1;\ndo $$ begin raise exception 'oddly' using errcode = '${code}'; end $$;`,
      })
      const report = await migrator.run('migrate')
      expect(verdict(report)).toBe('1 failed: 01 not-run, 02 not-run')
      expect(report.rehearsal.map(({ state }) => state)).toEqual(['rehearsed', 'failed'])
      expect(report.rehearsal[1]?.failure).toMatchObject({ code, message: 'oddly', statement: 2 })
    },
  )

  it('as a lock that was not to be had is not tried again, with nobody in the way', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': "do $$ begin raise exception 'oddly' using errcode = '55P03'; end $$;",
    })
    const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(report.outcomes).toMatchObject([{ state: 'failed', attempts: 1 }])
  })

  it('is not what NOWAIT makes the server say of a lock that others hold', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a (n int);' })
    await migrator.run('migrate')
    await using other = await aClient(database.url)
    await other.query('begin; lock table a')
    await migrator.write('02_b.sql', 'lock table a in share mode nowait;')
    const report = await migrator.run('dry-run')
    expect(report.rehearsal).toMatchObject([
      { state: 'not-rehearsable', reason: expect.stringContaining('others held a lock') },
    ])
  })
})

eachMajor('an error in a function', (major) => {
  it('is told with where in PL/pgSQL it was, and without what it was called with', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `create function f(i int, s text) returns int language plpgsql as $$
begin
  return 1 / i;
end $$;
do $$ begin
  execute $q$ select f(0, 'who: jane@example.com
PL/pgSQL function x line 1 at jane@example.com') $q$;
end $$;`,
    })
    const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
    const { failure } = makeReportJson(report).outcomes[0] ?? {}
    expect(failure).toMatchObject({
      message: 'division by zero',
      context: [
        'PL/pgSQL function f(integer,text) line 3 at RETURN',
        'PL/pgSQL function inline_code_block line 2 at EXECUTE',
      ],
    })
    expect(JSON.stringify(failure)).not.toContain('jane')
    const [record] = await database.query('select error_message as message from devflow.schema_migrations')
    expect(record?.message).toMatch(
      /^division by zero \(PL\/pgSQL function f\(integer,text\) line 3 at RETURN; /,
    )
  })
})

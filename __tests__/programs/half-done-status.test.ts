import { expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { renderTerminal } from '../../src/render/terminal.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, verdict } from './a-migrator.js'

const quick = { given: { rehearse: 'off' } }

const unfinished = ({ findings }: Report) =>
  findings
    .filter(({ rule }) => rule === 'unfinished-migration')
    .map(({ severity, message }) => [severity, message])

eachMajor('what status says of a file that an earlier run began', (major) => {
  it('is its row, and where it goes on, as plan does', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': 'create table t (i int); insert into t values (1), (1);',
      '02_i.sql': 'create table x ();\ncreate unique index concurrently ix on t (i);',
    })
    await migrator.run('migrate', quick)
    const status = await migrator.run('status')
    expect([verdict(status), (await migrator.run('verify')).exitCode]).toEqual(['0 pending', 1])
    expect(unfinished(status)).toEqual([
      ['notice', 'An earlier run ended in 02_i.sql: it goes on at statement 2 of 2.'],
    ])
    expect(unfinished(status)).toEqual(unfinished(await migrator.run('plan')))
    expect(status.notes).toEqual([
      expect.stringMatching(
        /^02_i\.sql is recorded as partial since .*: could not create unique index .*\. Of its statements 1 is done\.$/,
      ),
    ])
    expect(renderTerminal(status, { color: false })).toMatch(/goes on at statement 2 of 2[\s\S]*To apply/)
  })

  it('is what every run is refused for, and no way to apply it', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `-- devflow:no-transaction
create procedure p() language plpgsql as $$ begin commit; raise 'no'; end $$;
call p();`,
    })
    await migrator.run('migrate', quick)
    const status = await migrator.run('status')
    expect(verdict(status)).toBe('1 refused')
    expect(unfinished(status)).toEqual([
      ['error', expect.stringContaining('Statement 2 of 2 (CALL, line 3)')],
    ])
    expect(unfinished(status)).toEqual(unfinished(await migrator.run('plan')))
    expect(renderTerminal(status, { color: false })).not.toContain('To apply')

    await database.query("update devflow.schema_migrations set status = 'running'")
    const running = await migrator.run('status')
    expect([verdict(running), unfinished(running)]).toEqual([
      '0 pending',
      [['warning', expect.stringMatching(/^Unless a run is at it just now: Migration 01 is not finished/)]],
    ])
    expect(running.notes.join()).toMatch(
      /01_t\.sql is recorded as running since .*: a run is at it just now, or was cut off in it\. Of its statements 1 is done\./,
    )
  })

  it('is half done where its first statement may have committed a part before it failed', async () => {
    await using database = await aDatabase({ major })
    await database.query("create procedure p() language plpgsql as $$ begin commit; raise 'no'; end $$")
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': '-- devflow:no-transaction\ncall p();',
    })
    expect(verdict(await migrator.run('migrate', quick))).toBe('1 partial: 01 partial')
    expect((await migrator.run('status')).records).toMatchObject([{ status: 'partial', statementsDone: 0 }])
  })

  it('is nothing where none is begun', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': 'select 1;' })
    const status = await migrator.run('status')
    expect([status.findings, status.notes.filter((note) => note.includes('recorded as'))]).toEqual([[], []])
  })

  it('counts it as applied for what sorts before it', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': 'create table t (i int); insert into t values (1), (1);',
      '05_i.sql': 'create table x ();\ncreate unique index concurrently ix on t (i);',
    })
    await migrator.run('migrate', quick)
    await database.query('delete from t')
    await migrator.write('03_c.sql', 'create table c ();')
    const report = await migrator.run('migrate', quick)
    expect(report.exitCode).toBe(1)
    expect(report.findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      { rule: 'out-of-order', file: 'migrations/03_c.sql' },
    ])
    expect(await database.query("select to_regclass('c') as c")).toEqual([{ c: null }])
  })
})

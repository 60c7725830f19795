import { expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, rehearsed, trouble, verdict } from './a-migrator.js'
import { aShadowServer } from './a-shadow-server.js'

const OFF = { given: { rehearse: 'off' } } as const

const PREPARED = `create schema app; grant all on schema app to public; create schema other; create table t (p text); create table app.items (p text);
create function setit() returns void language plpgsql as $$ begin perform set_config('search_path', 'app', false); end $$;`

eachMajor('the rehearsal of a file that an earlier run left half done', (major) => {
  /** Where it is tried: on the target, or on another server, which is no older. */
  const places = async () => {
    const shadow = major === 18 ? await aShadowServer(18) : await aDatabase({ major: 18 })
    return {
      shadow,
      given: { target: { rehearse: 'target' }, shadow: { rehearse: 'shadow', 'shadow-url': shadow.url } },
    }
  }

  it.each(['target', 'shadow'] as const)(
    'finds its session as the run will, whatever had set it, on a %s',
    async (place) => {
      await using database = await aDatabase({ major })
      const { shadow, given } = await places()
      await using _ = shadow
      await using migrator = await aMigrator(database.url, { '01_t.sql': PREPARED })
      await migrator.run('migrate', OFF)
      await migrator.write('02_a.sql', 'select setit();\nvacuum nope;')
      expect(verdict(await migrator.run('migrate', OFF))).toBe('1 partial: 02 partial')
      // Of another file, which has nothing of that.
      await migrator.write('03_b.sql', 'alter table t add column more int;')
      await migrator.write(
        '02_a.sql',
        'select setit();\nvacuum public.t;\nalter table items add column q int;',
      )
      const report = await migrator.run('migrate', { given: given[place] })
      expect([rehearsed(report), trouble(report)]).toEqual([
        `02 ${place === 'target' ? 'partly-' : ''}rehearsed, 03 rehearsed`,
        expect.anything(),
      ])
      expect(verdict(report)).toBe('0 applied: 02 applied, 03 applied')
    },
  )

  it('finds what a function did to what the file itself had set', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': PREPARED })
    await migrator.run('migrate', OFF)
    const head = 'set search_path = other, public; select setit();'
    await migrator.write('02_a.sql', `${head}\nvacuum nope;`)
    await migrator.run('migrate', OFF)
    await migrator.write('02_a.sql', `${head}\nvacuum public.t;\nalter table items add column q int;`)
    const report = await migrator.run('migrate', { given: { rehearse: 'target' } })
    expect([verdict(report), trouble(report)]).toEqual(['0 applied: 02 applied', expect.anything()])
  })

  it.each(['target', 'shadow'] as const)(
    'fails where the session can not be set so any more, on a %s',
    async (place) => {
      await using database = await aDatabase({ major })
      const { shadow, given } = await places()
      await using _ = shadow
      await using migrator = await aMigrator(database.url, { '01_t.sql': PREPARED })
      await migrator.run('migrate', OFF)
      const role = `gone_${database.name}`
      await database.query(`create role ${role}`)
      const text = `select set_config('role', '${role}', false) from public.t union all select set_config('role', '${role}', false);`
      await migrator.write('02_a.sql', `${text}\nvacuum nope;`)
      expect(verdict(await migrator.run('migrate', OFF))).toBe('1 partial: 02 partial')
      await database.query(`drop role ${role}`)
      await migrator.write('02_a.sql', `${text}\nvacuum public.t;\ncreate table app.x ();`)
      const report = await migrator.run('migrate', { given: given[place] })
      expect([verdict(report), rehearsed(report), report.rehearsal[0]?.reason]).toEqual([
        '1 failed: 02 not-run',
        '02 failed',
        undefined,
      ])
      expect(report.rehearsal[0]?.failure).toMatchObject({
        message: `the session can not be set as statement 1 of the file left it: role "${role}" does not exist`,
        hint: expect.stringMatching(/^Make that possible again, and run again\./),
      })
      await database.query(`create role ${role}`)
      const again = await migrator.run('migrate', { given: given[place] })
      expect([verdict(again), again.rehearsal[0]?.failure]).toEqual(['0 applied: 02 applied', undefined])
      await database.query(`drop owned by ${role}; drop role ${role}`)
    },
  )

  it.each([
    ['goes on', 'set search_path = app;', '0 applied: 02 applied'],
    ['stops', 'select setit();', '1 failed: 02 not-run'],
  ])('%s where nobody looked after the run was cut off behind: %s', async (_, text, end) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': PREPARED })
    await migrator.run('migrate', OFF)
    await migrator.write('02_a.sql', `${text}\nvacuum nope;`)
    await migrator.run('migrate', OFF)
    await database.query(
      `update devflow.schema_migrations set journal = jsonb_set(journal::jsonb, '{unsettled}', 'true')::text where version = '02'`,
    )
    await migrator.write('02_a.sql', `${text}\nvacuum public.t;\nalter table items add column q int;`)
    const report = await migrator.run('migrate', { given: { rehearse: 'target' } })
    const [shown] = report.rehearsal
    expect([verdict(report), shown?.failure?.code]).toEqual([end, end.startsWith('0') ? undefined : 'DF007'])
    // On another server it is as the run finds it where it goes on; whether it does shows on the target only.
    const { shadow, given } = await places()
    await using _shadow = shadow
    if (shown?.failure)
      expect(rehearsed(await migrator.run('dry-run', { given: given.shadow }))).toBe('02 rehearsed')
  })

  it('leaves out again what a rollback would not undo', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': PREPARED })
    await migrator.run('migrate', OFF)
    await migrator.write('02_a.sql', `load 'plpgsql'; set search_path = app;\nvacuum nope;`)
    await migrator.run('migrate', OFF)
    const text = `load 'plpgsql'; set search_path = app;\nvacuum public.t;\nalter table items add column q int;`
    await migrator.write('02_a.sql', text)
    const report = await migrator.run('migrate', { given: { rehearse: 'target' } })
    expect(report.rehearsal[0]?.left?.map(({ statement }) => statement)).toEqual(expect.arrayContaining([1]))
    expect([verdict(report), trouble(report)]).toEqual(['0 applied: 02 applied', expect.anything()])
  })
})

import { describe, expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { aMigrator, rehearsed, verdict } from './a-migrator.js'

const PRODUCTION = { environment: 'production' }
const CONFIRMED = { CONFIRM_PRODUCTION_MIGRATION: 'true' }

describe('a run that rehearses on a shadow', () => {
  it('does not blame a file for rows that only the target has', async () => {
    await using target = await aDatabase({ major: 15 })
    await using shadow = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(target.url, {
      '01_roles.sql': `create table roles (id int primary key, name text not null);
        create table grants (role int not null references roles, right_name text not null);`,
    })
    const given = { rehearse: 'shadow', 'shadow-url': shadow.url }
    await migrator.run('migrate', { given: { rehearse: 'off' } })
    await target.query("insert into roles values (1, 'admin')")
    await migrator.write('02_known.sql', "insert into grants values (1, 'read');")
    await migrator.write('03_found.sql', "insert into grants select id, 'write' from roles;")
    const report = await migrator.run('migrate', { given })
    expect(rehearsed(report)).toBe('02 not-rehearsable, 03 rehearsed')
    expect(report.rehearsal[0]?.reason).toContain('have no rows where it was rehearsed')
    expect(verdict(report)).toBe('0 applied: 02 applied, 03 applied')
    expect(await target.query('select count(*)::int as n from grants')).toEqual([{ n: 2 }])
  })

  it('blames a file for a row that no table of the target could have', async () => {
    await using target = await aDatabase({ major: 15 })
    await using shadow = await aDatabase({ major: 18 })
    await target.query('create table roles (id int primary key); insert into roles values (1)')
    const sql = `create table states (name text primary key); insert into states values ('closed');
      create table orders (state text references states); insert into orders values ('open');`
    await migratorWith(target.url, sql, async (migrator) => {
      const given = { rehearse: 'shadow', 'shadow-url': shadow.url }
      const report = await migrator.run('migrate', { given })
      expect(rehearsed(report)).toBe('01 failed')
      expect(report.rehearsal[0]?.failure?.code).toBe('23503')
    })
  })

  it('shows the file’s own errors, and applies nothing', async () => {
    await using target = await aDatabase({ major: 15 })
    await using shadow = await aDatabase({ major: 18 })
    await target.query('create table roles (id int primary key, name text not null)')
    await migratorWith(target.url, 'insert into roles values (1, null);', async (migrator) => {
      const report = await migrator.run('migrate', {
        given: { rehearse: 'shadow', 'shadow-url': shadow.url },
      })
      expect(rehearsed(report)).toBe('01 failed')
      expect(report.rehearsal[0]?.failure?.code).toBe('23502')
      expect(verdict(report)).toBe('1 failed: 01 not-run')
    })
  })

  it.each([
    ['plan', 'auto', '0 planned'],
    ['dry-run', 'auto', '0 planned'],
    ['dry-run', 'shadow', '1 refused'],
    ['migrate', 'auto', '1 refused'],
    ['migrate', 'target', '0 applied: 01 applied'],
    ['migrate', 'off', '0 applied: 01 applied'],
  ])(
    'where there is none, %s with rehearse: %s ends with %s on production',
    async (command, rehearse, end) => {
      await using target = await aDatabase({ major: 15 })
      await migratorWith(target.url, 'create table a ();', async (migrator) => {
        // Nothing is tried out on the server of a protected target itself, and what was named is not passed over.
        const given = { ...PRODUCTION, rehearse, 'shadow-url': target.url }
        const report = await migrator.run(command, { given, variables: CONFIRMED })
        expect(verdict(report)).toBe(end)
        if (rehearse === 'target') expect(report.rehearsedOn?.kind).toBe('target')
        else expect(report.notRehearsed?.why).toBeTruthy()
      })
    },
  )
})

async function migratorWith(
  url: string,
  sql: string,
  test: (migrator: Awaited<ReturnType<typeof aMigrator>>) => Promise<void>,
): Promise<void> {
  await using migrator = await aMigrator(url, { '01_a.sql': sql })
  await test(migrator)
}

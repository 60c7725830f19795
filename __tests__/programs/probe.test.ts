import { expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, trouble, verdict } from './a-migrator.js'

eachMajor('probe', (major) => {
  it.each([
    ['transaction_timeout', "'150ms'"], ['idle_session_timeout', "'50ms'"],
    ['default_transaction_isolation', 'serializable'], ['default_transaction_isolation', "'repeatable read'"], ['default_transaction_read_only', 'on'],
    ['standard_conforming_strings', 'off'], ['session_replication_role', 'replica'], ['search_path', "''"],
    ['client_min_messages', 'error'], ['row_security', 'off'], ['transform_null_equals', 'on'], ['plpgsql.extra_errors', "'all'"],
    ['plpgsql.variable_conflict', "'use_column'"], ['DateStyle', "'German, DMY'"], ['IntervalStyle', 'iso_8601'], ['TimeZone', "'Asia/Kathmandu'"], ['bytea_output', 'escape'],['extra_float_digits', '0'],['lc_messages','"C"'], ['default_table_access_method', 'heap'], ['array_nulls', 'off'], ['quote_all_identifiers', 'on'], ['check_function_bodies', 'off'],
  ])('%s %s', async (name, value) => {
    await using database = await aDatabase({ major })
    if (name === 'transaction_timeout' && major < 17) return
    await database.query(`load 'plpgsql'`)
    await database.query(`alter database ${database.name} set ${name} = ${value}`)
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `create table public.a (n text); insert into public.a values ('x\\y'); select pg_sleep(0.2);`,
      '02_b.sql': '-- devflow:no-transaction\nselect pg_sleep(0.2); create table public.c ();',
    })
    const report = await migrator.run('migrate', { system: { confirm: () => new Promise((r) => setTimeout(() => r(true), 100)) } })
    expect(`${verdict(report)} ${report.exitCode ? trouble(report) : ''}`.trim()).toBe('0 applied: 01 applied, 02 applied')
  })
})

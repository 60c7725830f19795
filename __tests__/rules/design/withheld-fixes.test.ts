import { describe, expect, it } from '@jest/globals'
import type { RuleId } from '../../../src/model/rule-ids.js'
import { lint } from '../lint.js'

const found = async (rule: RuleId, sql: string, postgres: number) =>
  (await lint(sql, { on: [rule], postgres })).filter((finding) => finding.rule === rule)

describe('a rewrite that may mean something else', () => {
  it.each<[rule: RuleId, sql: string, postgres?: number]>([
    ['varchar-limit', 'create table t (a varchar(5)[]);'],
    ['varchar-limit', 'create table t (a varchar(5) compression lz4);'],
    ['varchar-limit', 'alter table t add column a varchar(5);'],
    ['int-column', 'alter table t alter column a type int;'],
    ['int-column', 'create table t (a serial[]);'],
    ['smallint-column', 'alter table t alter column a type smallint;'],
    ['serial-column', 'alter table t add column a serial;'],
    ['serial-column', 'create table t (a serial) inherits (u);'],
    ['serial-column', 'create table t (a serial) partition by range (a);', 16],
    ['timestamp-without-tz', "create table t (a timestamp default (now() at time zone 'utc'));"],
    ['timestamp-without-tz', "create table t (a timestamp default '2020-01-01');"],
    ['timestamp-without-tz', "create table t (a timestamp check (a > '2020-01-01'));"],
    ['timestamp-without-tz', 'alter table t alter column a type timestamp;'],
    ['json-column', "create table t (a json check (json_typeof(a) = 'object'));"],
    ['json-column', 'alter table t alter column a type json;'],
    ['enum-without-position', "alter type mood add value 'glad';"],
  ])('is not offered by %s for %s', async (...[rule, sql, postgres = 15]) => {
    expect((await found(rule, sql, postgres)).map(({ fix }) => fix)).toEqual([undefined])
  })
})

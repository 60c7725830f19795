import { describeRule } from '../describe-rule.js'

const a63 = 'a'.repeat(63)

describeRule('identifier-too-long', {
  bad: [
    {
      sql: `create table ⟦${a63}b⟧ (\n  ⟦${a63}BC⟧ bigint\n);`,
      message: [
        `This name has 64 bytes; PostgreSQL keeps ${a63}.`,
        `This name has 65 bytes; PostgreSQL keeps ${a63}.`,
      ],
      fixed: `create table ${a63} (\n  ${a63} bigint\n);`,
    },
    { sql: `drop table a.⟦${a63}b⟧;`, severity: 'warning' },
    {
      sql: `create table ⟦"${'a'.repeat(62)}""b"⟧ (id bigint);`,
      message: `This name has 64 bytes; PostgreSQL keeps ${'a'.repeat(62)}".`,
      fixed: `create table "${'a'.repeat(62)}""" (id bigint);`,
    },
    {
      sql: `create index ⟦"${'é'.repeat(32)}"⟧ on t (a);`,
      message: `This name has 64 bytes; PostgreSQL keeps ${'é'.repeat(31)}.`,
      fixed: `create index "${'é'.repeat(31)}" on t (a);`,
    },
    {
      sql: `create index ⟦${'😀'.repeat(16)}⟧ on t (a);`,
      fixed: `create index ${'😀'.repeat(15)} on t (a);`,
    },
    { sql: `select 1 as ⟦"${'漢'.repeat(22)}"⟧;`, fixed: `select 1 as "${'漢'.repeat(21)}";` },
  ],
  good: [
    `create table ${a63} ("${a63}" bigint); -- ${a63}${a63}`,
    `select '${a63}${a63}', $$${a63}${a63}$$, ${'1'.repeat(100)}, "${'é'.repeat(31)}";`,
    `create table U&"${'\\00e9'.repeat(20)}" (a int);`,
  ],
})

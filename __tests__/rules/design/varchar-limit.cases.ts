import { describeRule } from '../describe-rule.js'

describeRule('varchar-limit', {
  bad: [
    {
      sql: 'create table bar (\n  id serial primary key,\n  ⟦"user" varchar(100)⟧ not null,\n  ⟦b character varying (20)⟧\n);',
      message: [
        'Column "user" of bar is limited to 100 characters by its type.',
        'Column b of bar is limited to 20 characters by its type.',
      ],
      fixed:
        'create table bar (\n  id serial primary key,\n  "user" text check (char_length("user") <= 100) not null,\n  b text check (char_length(b) <= 20)\n);',
    },
    {
      sql: 'create table t (⟦c pg_catalog.varchar(7)⟧ collate "C")',
      fixed: 'create table t (c text check (char_length(c) <= 7) collate "C")',
    },
    { sql: 'create table t (⟦a varchar(5)[3][4]⟧, ⟦b varchar(5)⟧ compression lz4);' },
    { sql: 'alter table t add column ⟦c varchar(256)⟧ null;' },
    { sql: 'alter table t alter column ⟦c type varchar(256)⟧;' },
  ],
  good: ['create table t (c varchar, d text);', 'create table t (c varbit(3), d bit(3));'],
})
